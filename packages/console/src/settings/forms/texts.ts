/** What a department may say in its own words: by name, with where it stands. */
export const TEXTS = [
  ['greeting', 'Above the form', 'How can we help?'],
  ['waiting', 'In the queue', 'Stands below the visitor’s place.'],
  ['ended', 'When a chat is over', 'Stands above the survey.'],
  ['offline', 'Instead of a chat', 'Above the form for a message while nobody is here.'],
] as const

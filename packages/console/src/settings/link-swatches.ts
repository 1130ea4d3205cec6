/*
 * Colours of customers' widgets, not of the console: data that is stored in a link, so they live
 * here and not among the tokens.
 */
export const LINK_SWATCHES = [
  { name: 'Green', colour: '#1d5c47' },
  { name: 'Blue', colour: '#2645d8' },
  { name: 'Red', colour: '#b32420' },
  { name: 'Brown', colour: '#7a4a2a' },
  { name: 'Black', colour: '#1d1a16' },
] as const

/** Papers and inks the widget derives from. */
export const LINK_PAPERS = { white: '#ffffff', ink: '#141816', black: '#000000' } as const

/** In the words of Chromium, Firefox, Safari and the bundler, in this order: there is no code for it. */
const WORDS =
  /fetch dynamically imported module|loading dynamically imported module|importing a module script|unable to preload/i

/** A file of the console that was loaded when it was needed, and was not there. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error && WORDS.test(error.message)

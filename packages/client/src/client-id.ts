/**
 * A new id of ours for a command, a message or a page view: 128 random bits; a visitor's token has
 * eight numbers. `randomUUID` exists on secure pages only, and a site may well be plain http.
 */
export const newClientId = (numbers = 4): string =>
  crypto.getRandomValues(new Uint32Array(numbers)).join('-')

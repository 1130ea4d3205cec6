/**
 * A new id of ours for a command, a message or a page view: 128 random bits. `randomUUID` exists on
 * secure pages only, and a site may well be plain http.
 */
export const newClientId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')

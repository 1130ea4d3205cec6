/**
 * A new id of ours for a command, a message or a page view: 128 random bits. `randomUUID` exists on
 * secure pages only, and a site may well be plain http.
 */
export function newClientId(crypto: Crypto = globalThis.crypto): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let id = ''
  for (let at = 0; at < 16; at++) id += ((bytes[at] ?? 0) + 256).toString(16).slice(1)
  return id
}

const LONGEST = 254

/**
 * One mail address and nothing else: what could begin another header or name a second recipient is
 * not part of one. Letters of every script are allowed in the domain only. Undefined: not one.
 */
export function readAddress(text: string): string | undefined {
  const address = text.trim()
  if (address.length > LONGEST) return undefined
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/.exec(address) ?? []
  const good =
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) &&
    local.length <= 64 &&
    /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*$/u.test(
      domain,
    )
  return good ? address : undefined
}

/** Somebody on the internet: `kim@localhost` is on this machine only. */
export const readPublicAddress = (text: string): string | undefined => {
  const address = readAddress(text)
  return address && /\.[^.\d]{2,}$/u.test(address) ? address : undefined
}

/** In a header a line break would begin another one. */
export const oneLine = (text: string, most = 200): string =>
  [...text.replace(/[\s\p{Cc}]+/gu, ' ').trim()].slice(0, most).join('')

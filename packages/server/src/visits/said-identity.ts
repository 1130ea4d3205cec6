import { type IdentityClaim, LIMITS } from '@beckon/protocol'

/** What a page says about its visitor, in order. */
export type SaidIdentity = {
  name: string | undefined
  username: string | undefined
  email: string | undefined
  token: string | undefined
  attributes: Record<string, string>
}

const MOST = { name: 120, username: 120, email: 254, token: LIMITS.tokenCharacters } as const
const isName = (key: string): key is keyof typeof MOST => Object.hasOwn(MOST, key)

/** Names apart from attributes, and of those as many as may be, called so that variables can name them. */
export function readClaim({ attributes: all = {}, ...fields }: IdentityClaim): SaidIdentity {
  const named: Record<string, string | undefined> = { ...fields }
  const attributes: Record<string, string> = {}
  let room: number = LIMITS.attributes
  for (const [key, value] of Object.entries(all)) {
    if (isName(key)) named[key] ??= value
    else {
      const name = key.toLowerCase().replace(/\W/g, '_').slice(0, 40)
      if (!value || !/^[a-z]/.test(name) || room-- <= 0) continue
      attributes[name] = value.slice(0, LIMITS.attributeCharacters)
    }
  }
  const text = (key: keyof typeof MOST) => named[key]?.slice(0, MOST[key]) || undefined
  return {
    name: text('name'),
    username: text('username'),
    email: text('email'),
    token: text('token'),
    attributes,
  }
}

const { isArray } = Array
const { keys } = Object
const { stringify } = JSON

/**
 * JSON of a frame. Not `JSON.stringify`: old prototype.js gives arrays a `toJSON` that turns them
 * into text, and no early capture helps against that. Texts and numbers have no such hook.
 */
export function encode(value: unknown): string {
  if (typeof value !== 'object' || value === null) return stringify(value)
  const list = isArray(value)
  const names = keys(value)
  let text = ''
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string
    const part = (value as Record<string, unknown>)[name]
    if (part === undefined) continue
    text += (text && ',') + (list ? '' : `${stringify(name)}:`) + encode(part)
  }
  return list ? `[${text}]` : `{${text}}`
}

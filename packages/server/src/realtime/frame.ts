import { LIMITS } from '@beckon/protocol'

/**
 * Text of a frame as a value, or undefined where it is no JSON of ours: not parseable, or nested
 * deeper than any frame (T24; deep values overflow the stack of whoever prints them). Nothing in it
 * is trusted yet; a schema decides next. NUL, which PostgreSQL refuses, is left out, and halves of
 * characters are replaced.
 */
export function readFrame(text: string): unknown {
  if (tooDeep(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return SUSPICIOUS.test(text) ? cleaned(value) : value
  } catch {
    return undefined
  }
}

/** The id of a command, for its answer; nothing else of an unchecked frame is ever used. */
export function idOf(frame: unknown): string | undefined {
  if (typeof frame !== 'object' || frame === null || !Object.hasOwn(frame, 'id')) return undefined
  const { id } = frame as { id: unknown }
  return typeof id === 'string' && id.length <= 64 ? id : undefined
}

/** NUL and surrogates can only come in as escapes: a text frame is valid UTF-8. */
const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])/

function tooDeep(text: string): boolean {
  // Few brackets cannot nest deep, wherever they stand; almost every frame ends here.
  let brackets = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code === OPEN_OBJECT || code === OPEN_LIST) && ++brackets > LIMITS.jsonDepth)
      return measured(text)
  }
  return false
}

const OPEN_OBJECT = 123
const OPEN_LIST = 91

function measured(text: string): boolean {
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    if (inText) {
      if (sign === '\\') i++
      else if (sign === '"') inText = false
    } else if (sign === '"') inText = true
    else if (sign === '{' || sign === '[') {
      if (++depth > LIMITS.jsonDepth) return true
    } else if (sign === '}' || sign === ']') depth--
  }
  return false
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', ''), 'utf8').toString()
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  // Entries, not assignment: a key named __proto__ stays an ordinary key for the schema to refuse.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]))
}

import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** Takes away in place what a schema does not know. Undefined where it may hold nothing else. */
type Strip = (value: never) => void

type Parts = {
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
  items?: TSchema
  anyOf?: TSchema[]
}

/**
 * Leaves out of values that fit a schema what it does not name. Worked out once from the schema:
 * nodes tell each other thousands of visits a second, and TypeBox's own `Clean` compares the types
 * of every union anew each time, which takes milliseconds.
 */
export function leavesOutUnknown(schema: TSchema): Strip | undefined {
  const { properties, patternProperties, items, anyOf } = schema as Parts
  if (properties) return ofObject(properties)
  if (patternProperties) return ofRecord(patternProperties)
  if (items) return ofList(leavesOutUnknown(items))
  if (anyOf) return ofUnion(anyOf)
  return undefined
}

function ofObject(properties: Record<string, TSchema>): Strip {
  const known = new Map(
    Object.entries(properties).map(([key, schema]) => [key, leavesOutUnknown(schema)]),
  )
  return (value: Record<string, never>) => {
    for (const key of Object.keys(value)) {
      if (!known.has(key)) delete value[key]
      else if (value[key] !== undefined) known.get(key)?.(value[key])
    }
  }
}

function ofRecord(patternProperties: Record<string, TSchema>): Strip {
  const patterns = Object.keys(patternProperties).map((pattern) => new RegExp(pattern))
  return (value: Record<string, never>) => {
    for (const key of Object.keys(value)) {
      if (!patterns.some((pattern) => pattern.test(key))) delete value[key]
    }
  }
}

const ofList = (strip: Strip | undefined): Strip | undefined =>
  strip &&
  ((values: never[]) => {
    for (const value of values) strip(value)
  })

function ofUnion(members: readonly TSchema[]): Strip | undefined {
  const strips = members.map((member) => ({
    fits: Compile(member),
    strip: leavesOutUnknown(member),
  }))
  if (strips.every(({ strip }) => strip === undefined)) return undefined
  return (value) => {
    strips.find(({ fits }) => fits.Check(value))?.strip?.(value)
  }
}

import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/*
 * What travels between nodes: who says it, the how-manieth it is, and a list of things said, each
 * with its `type`. Redis is shared with whoever can reach it, so what comes out of it is as hostile
 * as what a browser sends; what is in the list is checked by whoever hears that type.
 */

/** Nodes of another one do not understand each other, and go on by the database. */
export const WIRE = 1

/** Of one message; more goes into the next. */
export const MESSAGE_LENGTH = 256 * 1_024
/** Longer ones are none of ours. */
const LONGEST = 2 * MESSAGE_LENGTH

export type Said = { readonly type: string }
export type Envelope = { v: number; node: string; n: number; said: Said[] }

const NODE_NAME = '^[a-z0-9]{4,16}$'

export const isNodeName = (text: string): boolean => new RegExp(NODE_NAME).test(text)

const envelope = Compile(
  Type.Object(
    {
      v: Type.Literal(WIRE),
      node: Type.String({ pattern: NODE_NAME }),
      n: Type.Integer({ minimum: 1 }),
      said: Type.Array(Type.Object({ type: Type.String({ maxLength: 40 }) }), { maxItems: 20_000 }),
    },
    { additionalProperties: false },
  ),
)

/** `texts`: things said, each as JSON already. */
export const seal = (node: string, n: number, texts: readonly string[]): string =>
  `{"v":${WIRE},"node":"${node}","n":${n},"said":[${texts.join(',')}]}`

/** Undefined for what no node of ours has said. */
export function unseal(text: string): Envelope | undefined {
  if (text.length > LONGEST) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return envelope.Check(value) ? (value as Envelope) : undefined
  } catch {
    return undefined
  }
}

import { IDENTITY_PROBLEMS, type IdentityProblem, type SiteId } from '@beckon/protocol'
import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Nodes } from '../nodes/nodes.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { Signals } from './signals.ts'
import type { SiteFacts } from './site-facts.ts'
import type { TestMark } from './test-marks.ts'

/*
 * What sites' pages do is seen by whichever node they reach, and asked for on whichever node an
 * agent's browser reaches: so each tells the others what it has seen, a second behind.
 */

const BEHIND_MS = 1_000

const Id = Type.String({ pattern: '^[\\w-]{1,64}$' })
const Short = Type.String({ maxLength: 500 })
const Text = Type.String({ maxLength: 8_192 })
const Moment = Type.Number({ minimum: 0 })
const May = Type.Optional
const OrNull = (schema: TSchema) => Type.Union([schema, Type.Null()])
const Seen = { at: Moment, title: Text, url: Text, city: May(Short), country: May(Short) }

const isFacts = Compile(
  Type.Object({
    type: Type.Literal('signals'),
    siteId: Id,
    facts: Type.Object({
      scriptFetchedAt: OrNull(Moment),
      helloAt: OrNull(Moment),
      lastHit: OrNull(Type.Object(Seen)),
      botAt: May(Moment),
      wrongKey: May(Type.Object({ key: Short, at: Moment })),
      refusedOrigins: Type.Array(
        Type.Object({ origin: Short, at: Moment, count: Type.Integer({ minimum: 1 }) }),
        { maxItems: 50 },
      ),
      identity: Type.Object({
        verifiedAt: OrNull(Moment),
        refused: OrNull(
          Type.Object({
            at: Moment,
            code: Type.Unsafe<IdentityProblem>(Type.Enum([...IDENTITY_PROBLEMS])),
            count: Type.Integer({ minimum: 1 }),
          }),
        ),
      }),
      keysUsed: Type.Record(Id, Moment, { maxProperties: 200 }),
    }),
  }),
)
const isTest = Compile(
  Type.Object({
    type: Type.Literal('site.test'),
    siteId: Id,
    agentId: Id,
    mark: Type.String({ pattern: '^[\\w-]{8,64}$' }),
    until: Moment,
    seen: May(Type.Object({ ...Seen, bot: Type.Boolean() })),
  }),
)

export function shareSignals({
  nodes,
  signals,
  timers = systemClock,
}: {
  nodes: Nodes
  signals: Signals
  /** Networks keep their own time. */
  timers?: Pick<Clock, 'after'>
}): void {
  const news = new Set<SiteId>()

  function tell(): void {
    for (const siteId of news) {
      const said = { type: 'signals', siteId, facts: signals.factsOf(siteId) }
      nodes.say(said)
    }
    news.clear()
  }

  signals.onNews((siteId) => {
    if (news.size === 0) timers.after(BEHIND_MS, tell)
    news.add(siteId)
  })
  signals.tests.onNews((test) => {
    const said = { type: 'site.test', ...test }
    nodes.say(said)
  })
  nodes.hear('signals', (node, said) => {
    if (!isFacts.Check(said)) return false
    signals.heard(node, said.siteId as SiteId, said.facts as SiteFacts)
    return true
  })
  nodes.hear('site.test', (_node, said) => {
    if (!isTest.Check(said)) return false
    const { type: _, ...test } = said
    signals.tests.heard(test as TestMark)
    return true
  })
  nodes.onGone((node) => signals.left(node))
}

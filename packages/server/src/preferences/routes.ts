import { Preferences } from '@beckon/protocol'
import { type Api, actorOf } from '../http/api.ts'
import { keepPreferences, preferencesOf } from '../store/preference-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'

/** What agents have chosen for themselves follows their account; nobody else reads or sets it. */
export function preferenceRoutes(api: Api, deps: { store: Store; clock: Clock }): void {
  const { store, clock } = deps
  const config = { who: 'signed-in' } as const
  const tags = ['Sign-in']
  api.get(
    '/me/preferences',
    {
      config,
      schema: {
        tags,
        summary: 'What you have chosen for yourself',
        response: { 200: Preferences },
      },
    },
    async (request) => store.read((db) => preferencesOf(db, actorOf(request).agentId)),
  )
  api.patch(
    '/me/preferences',
    {
      config,
      schema: {
        tags,
        summary: 'Change what you have chosen',
        description: 'Each part that is named replaces that part.',
        body: Preferences,
        response: { 200: Preferences },
      },
    },
    async (request) => {
      const { agentId } = actorOf(request)
      return store.commit(async (tx) => {
        const now = { ...(await preferencesOf(tx, agentId)), ...request.body }
        await keepPreferences(tx, { agentId, preferences: now, at: clock.now() })
        return now
      })
    },
  )
}

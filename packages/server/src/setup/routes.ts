import { createHash, timingSafeEqual } from 'node:crypto'
import { type AgentId, Me, SetupInput, SetupState } from '@beckon/protocol'
import { cleanEmail, refuseWeak } from '../agents/agents.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import type { Api } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { tooManyGuesses } from '../sign-in/guesses.ts'
import { installationName, meOf } from '../sign-in/me.ts'
import type { SignInCookies } from '../sign-in/routes.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import { countGuess, forgiveGuess, setupBuckets } from '../sign-in/throttle.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'

/** What the first run offers to whoever has the code that was printed at start. */
export type Setup = {
  code(): string | undefined
  /** The first administrator and everything that is made with them, in one work. Refuses `already_set_up`. */
  run(first: {
    name: string
    chatName: string
    email: string
    passwordHash: string
  }): Promise<AgentId>
}

export const setupNeeded = (picture: Pick<Picture, 'agents'>): boolean =>
  ![...picture.agents.values()].some((agent) => agent.roles.has('administrator'))

export function setupRoutes(
  api: Api,
  deps: {
    setup: Setup
    store: Store
    directory: Directory
    clock: Clock
    signIns: SignIns
    cookies: SignInCookies
    settings: { publicUrl?: string | undefined; port: number; smtpUrl?: string | undefined }
  },
): void {
  const { setup, store, directory, clock, signIns, cookies, settings } = deps
  const tags = ['Setup']

  api.get(
    '/setup',
    {
      config: { who: 'anyone', enrolling: true },
      schema: {
        tags,
        summary: 'Whether the first run is still to do, and whether the asker is signed in',
        response: { 200: SetupState },
      },
    },
    async ({ actor }) => ({
      needed: setupNeeded(directory.now),
      name: installationName(directory.now),
      signedIn: actor !== undefined,
      resetByMail: settings.smtpUrl !== undefined,
    }),
  )

  api.post(
    '/setup',
    {
      config: { who: 'anyone', rateLimit: { max: 20, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Make the first administrator',
        description: 'Needs the one-time code printed at start. Answers with the sign-in cookie.',
        body: SetupInput,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      if (!setupNeeded(directory.now)) throw alreadySetUp()
      const { code, password, ...person } = request.body
      const buckets = setupBuckets(request.clientIp)
      const now = clock.now()
      const until = await store.commit((tx) => countGuess(tx, buckets, now))
      if (until !== undefined) throw tooManyGuesses(until - now)
      if (!same(code, setup.code())) {
        throw new Refusal(
          'wrong_code',
          'That is not the code. It was printed where Beckon was started; starting it again prints a new one.',
        )
      }
      await store.commit((tx) => forgiveGuess(tx, buckets))

      const email = cleanEmail(person.email)
      refuseWeak(password, { ...person, email })
      const passwordHash = await signIns.passwords.hash(password)
      const agentId = await setup.run({ ...person, email, passwordHash })
      await directory.reload()

      const started = await cookies.begin(request, reply, agentId)
      const actor = actorFrom(directory.now, started)
      if (!actor) throw alreadySetUp()
      return meOf(actor, directory.now, settings)
    },
  )
}

const alreadySetUp = () =>
  new Refusal('already_set_up', 'Beckon is set up already. Sign in instead.')

/** Case and dashes are how people type codes; the comparison takes the same time for any. */
function same(typed: string, code: string | undefined): boolean {
  if (code === undefined) return false
  const digest = (text: string) =>
    createHash('sha256').update(text.toLowerCase().replace(/[\s-]/g, '')).digest()
  return timingSafeEqual(digest(typed), digest(code))
}

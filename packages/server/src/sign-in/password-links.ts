import type {
  AgentId,
  LinkBy,
  LinkMade,
  NewPasswordInput,
  PasswordLinkView,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { refuseWeak } from '../agents/agents.ts'
import type { Change } from '../agents/change.ts'
import { record } from '../agents/record.ts'
import type { Agent, Directory } from '../directory/directory.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { notThere, Refusal } from '../refusal.ts'
import { hashOf } from '../store/one-time-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import { type Clock, days, minutes } from '../time/clock.ts'
import { countOrRefuse } from './guesses.ts'
import { installationName } from './me.ts'
import { endOneTimes, lookAtOneTime, makeOneTime, takeOneTime } from './one-times.ts'
import { resetLetter, welcomeLetter } from './password-letters.ts'
import type { SignIns } from './sign-ins.ts'
import { mailBuckets } from './throttle.ts'

/*
 * Links that let somebody choose their password, once: to reset a forgotten one, and to begin. The
 * token stands behind the # of the link, so it reaches no server log and no referrer; the page
 * sends it in a body.
 */

const RESET_MS = minutes(30)
/** Passed on by hand, it takes longer to arrive. */
const HANDED_RESET_MS = days(1)
const WELCOME_MS = days(7)
const KINDS = ['reset', 'welcome'] as const
type Kind = (typeof KINDS)[number]

export type PasswordLinks = ReturnType<typeof createPasswordLinks>

export function createPasswordLinks(deps: {
  store: Store
  clock: Clock
  directory: Directory
  signIns: SignIns
  change: Change
  baseUrl: () => string
  /** Whether a mail server is set. */
  mailOn: () => boolean
  log: { error(fact: object, message: string): void }
}) {
  const { store, clock, directory, signIns, change, mailOn, log } = deps

  return {
    /**
     * For whoever says an address. The answer is the same and comes as fast whether there is such
     * an account or not: what follows from it happens after the answer.
     */
    async forgotten(email: string, ip: string): Promise<void> {
      if (!mailOn()) throw mailOff()
      const account = email.trim().toLowerCase()
      await countOrRefuse(deps, mailBuckets(account, ip))
      const agent = [...directory.now.agents.values()].find((one) => one.email === account)
      if (!agent || agent.disabled) return
      const asked = store.commit(async (tx) => {
        // Whoever never came, or whose invitation was withdrawn, does not come in this way.
        if (!(await hasPassword(tx, agent.id))) return
        await tell(tx, 'agent.reset_asked', agent.id, null)
        await mailLink(tx, 'reset', agent, RESET_MS)
      })
      asked.catch((error: unknown) => log.error({ err: error }, 'a reset mail was not queued'))
    },

    /** By an administrator, for somebody who cannot get in. */
    async resetFor(actor: AgentActor, id: AgentId, by: LinkBy['by']): Promise<LinkMade> {
      const agent = knownAgent(id)
      if (agent.disabled) throw disabled(agent)
      return make(actor, 'reset', agent, by)
    },

    /** Until they follow it, the account has no password and nobody signs in to it. */
    async welcome(actor: AgentActor, id: AgentId, by: LinkBy['by']): Promise<LinkMade> {
      const agent = knownAgent(id)
      if (agent.disabled) throw disabled(agent)
      return make(actor, 'welcome', agent, by)
    },

    async withdrawWelcome(actor: AgentActor, id: AgentId): Promise<void> {
      const agent = knownAgent(id)
      await store.commit(async (tx) => {
        const ended = await endOneTimes(tx, agent.id, ['welcome'])
        if (ended.length > 0) await tell(tx, 'agent.welcome_withdrawn', agent.id, actor.agentId)
      })
    },

    async look(token: string): Promise<PasswordLinkView> {
      const { kind, agent } = await linked(token)
      const { email, name, chatName } = agent
      return { kind, email, name, chatName }
    },

    /** The new password; every sign-in there was ends, and so does every other link. */
    async take({ link: token, password, name, chatName }: NewPasswordInput): Promise<void> {
      const { kind, agent } = await linked(token)
      const named = kind === 'welcome' ? { name, chatName } : {}
      refuseWeak(password, { email: agent.email, name: named.name ?? agent.name })
      const passwordHash = await signIns.passwords.hash(password)
      const type = kind === 'reset' ? 'agent.password_reset' : 'agent.joined'
      const fact = { actor: { agentId: agent.id }, type, subjectId: agent.id }
      await change(fact, async (tx) => {
        if (!(await takeOneTime(tx, { kind, token, now: clock.now() }))) throw linkOver()
        const changed = await tx
          .updateTable('agents')
          .set({
            password_hash: passwordHash,
            ...(named.name && { name: named.name.trim() }),
            ...(named.chatName && { chat_name: named.chatName.trim() }),
          })
          .where('id', '=', agent.id)
          .where('disabled', '=', 0)
          .executeTakeFirst()
        if (changed.numUpdatedRows !== 1n) throw linkOver()
        await endOneTimes(tx, agent.id, KINDS)
        await signIns.revokeIn(tx, agent.id)
      })
      signIns.announceRevoked(agent.id)
    },
  }

  async function make(
    actor: AgentActor,
    kind: Kind,
    agent: Agent,
    by: LinkBy['by'],
  ): Promise<LinkMade> {
    if (by === 'mail' && !mailOn()) throw mailOff()
    const reset = by === 'mail' ? RESET_MS : HANDED_RESET_MS
    const lasts = kind === 'welcome' ? WELCOME_MS : reset
    const until = clock.now() + lasts
    const url = await store.commit(async (tx) => {
      if ((kind === 'reset') !== (await hasPassword(tx, agent.id))) throw otherKind(kind, agent)
      await tell(
        tx,
        kind === 'welcome' ? 'agent.welcomed' : 'agent.reset_made',
        agent.id,
        actor.agentId,
      )
      if (by === 'mail') await mailLink(tx, kind, agent, lasts, actor.name)
      else return `${linkPage()}#${await newLink(tx, kind, agent.id, lasts)}`
    })
    return { ...(url && { url }), until }
  }

  function linkPage(): string {
    return `${deps.baseUrl()}/console/new-password`
  }

  /** Its token; a newer link takes the place of the one before. */
  async function newLink(tx: Tx, kind: Kind, agentId: AgentId, lasts: number): Promise<string> {
    await endOneTimes(tx, agentId, [kind])
    return makeOneTime(tx, { kind, agentId, now: clock.now(), lasts })
  }

  async function mailLink(tx: Tx, kind: Kind, agent: Agent, lasts: number, by?: string) {
    // The token that is sent is made when it is sent.
    const oneTime = hashOf(await newLink(tx, kind, agent.id, lasts))
    const url = linkPage()
    const installation = installationName(directory.now)
    const letter =
      kind === 'reset'
        ? resetLetter({ installation, url, oneTime })
        : welcomeLetter({ installation, url, oneTime, by: by ?? '' })
    await queueMail(tx, {
      kind: kind === 'reset' ? 'password_reset' : 'agent_invitation',
      to: agent.email,
      subject: letter.title,
      letter,
      at: clock.now(),
      subjectId: agent.id,
      uselessAt: clock.now() + lasts,
    })
  }

  async function linked(token: string): Promise<{ kind: Kind; agent: Agent }> {
    const now = clock.now()
    for (const kind of KINDS) {
      const found = await store.read((db) => lookAtOneTime(db, { kind, token, now }))
      const agent = found?.agentId ? directory.now.agents.get(found.agentId) : undefined
      if (agent && !agent.disabled) return { kind, agent }
    }
    throw linkOver()
  }

  function knownAgent(id: AgentId): Agent {
    const agent = directory.now.agents.get(id)
    if (!agent) throw notThere('agent')
    return agent
  }

  function tell(tx: Tx, type: string, subjectId: AgentId, agentId: AgentId | null) {
    return record(tx, { type, subjectId, agentId, at: clock.now() })
  }
}

async function hasPassword(tx: Tx, id: AgentId): Promise<boolean> {
  const row = await tx
    .selectFrom('agents')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined && row.password_hash !== ''
}

const otherKind = (kind: Kind, { name }: Agent) =>
  new Refusal(
    'in_use',
    kind === 'reset'
      ? `${name} has no password yet. Invite them instead.`
      : `${name} has a password already. Reset it instead.`,
  )

const disabled = ({ name }: Agent) =>
  new Refusal('in_use', `The account of ${name} is disabled. Enable it first.`)

const linkOver = () =>
  new Refusal('link_over', 'This link has been used or has run out. Ask for a new one.')

const mailOff = () =>
  new Refusal(
    'mail_off',
    'This server sends no mail. An administrator can make you a link instead.',
  )

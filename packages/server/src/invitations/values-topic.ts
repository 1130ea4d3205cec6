import type { ValuesState, VisitId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { seesVisitor } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import type { Bus } from '../realtime/bus.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { notThere } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { openChatOf } from '../store/chat-rows.ts'
import { openInvitationOf, seenInvitationsOf } from '../store/invitation-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { LiveVisit, Presence } from '../visits/presence.ts'
import { asksFirst } from './courtesy.ts'
import type { Delivery } from './delivery.ts'
import type { Terms } from './invitation.ts'
import { answered, ownersOf, PAST_SHOWN } from './send.ts'
import { groupChoices, linkOf, valuesOf } from './values.ts'
import type { Versions } from './versions.ts'
import { agentCard, invitationView, pastInvitation } from './view.ts'

type Facts = Omit<ValuesState, 'version'>
/** What the database knows of a visitor: it is read when somebody rings, not with every page view. */
type Standing = Pick<ValuesState, 'open' | 'chatId' | 'past' | 'askFirst'>

/** What the Live Chat Invitation dialog shows, live, each change under a new version. */
export function createValuesTopic(deps: {
  store: Store
  bus: Bus
  directory: Directory
  clock: Clock
  presence: Presence
  versions: Versions
  delivery: Pick<Delivery, 'isWriting'>
  line: Line
  ticks: Ticks
  background: Background
  terms: Terms
}) {
  const { store, bus, directory, clock, presence, versions, delivery, line, ticks, background } =
    deps

  async function standingOf(visit: LiveVisit): Promise<Standing> {
    const [row, chat, seen] = await store.read(async (db) => [
      await openInvitationOf(db, visit.visitorId),
      await openChatOf(db, visit.visitorId),
      await seenInvitationsOf(db, visit.visitorId, PAST_SHOWN),
    ])
    return {
      past: seen.map((one) => pastInvitation(one, directory.now)),
      askFirst: asksFirst(seen.map(answered)),
      ...(row && { open: invitationView(row, directory.now, delivery.isWriting(row.id)) }),
      ...(chat && { chatId: chat.id }),
    }
  }

  function factsOf(
    actor: AgentActor,
    visit: LiveVisit,
    { standing, groups }: { standing: Standing; groups: ValuesState['groups'] },
  ): Facts {
    const picture = directory.now
    const focused = presence.focusedTab(visit.visitorId)
    const tab = focused?.siteId === visit.siteId ? focused : visit.tabs.find((one) => one.visible)
    const links = (tab ?? visit.tabs[0])?.links ?? []
    const site = picture.sites.get(visit.siteId)
    return {
      visitId: visit.id,
      status: visit.row.status,
      recipient: visit.row.who,
      values: valuesOf(visit, { picture, agentId: actor.agentId, now: clock.now() }),
      groups,
      siteName: site?.name ?? '',
      brandName: picture.brands.get(visit.brandId)?.name ?? '',
      pageUrl: visit.row.url,
      linkName: linkOf(picture, site, links)?.name ?? null,
      style: presence.look(visit.siteId, links).style,
      agent: agentCard(picture, actor.agentId),
      ...standing,
      invitationSeconds: Math.round(deps.terms.answer / 1_000),
    }
  }

  function visitFor(actor: AgentActor, visitId: VisitId): LiveVisit {
    const visit = presence.find(visitId)
    const now = actorFrom(directory.now, actor)
    if (!visit || !now || !seesVisitor(now, visit.brandId, ownersOf(visit))) {
      throw notThere('visitor')
    }
    return visit
  }

  const versioned = (actor: AgentActor, facts: Facts): ValuesState => {
    const state = { version: newId<string>(), ...facts }
    versions.add(actor.agentId, state)
    return state
  }

  /** Under a new version at once, for a preview that is gone; its dialog is not followed. */
  async function fresh(actor: AgentActor, visitId: VisitId): Promise<ValuesState | undefined> {
    const visit = presence.find(visitId)
    if (!visit || !seesVisitor(actor, visit.brandId, ownersOf(visit))) return undefined
    const standing = await standingOf(visit)
    const groups = groupChoices(directory.now, visit.brandId, actor.agentId)
    const state = versioned(actor, factsOf(actor, visit, { standing, groups }))
    versions.replace(state.version)
    return state
  }

  const door: TopicDoor<'values'> = {
    open: (actor, { visitId }, out) =>
      line.add(async (): Promise<OpenTopic<'values'>> => {
        const visit = visitFor(actor, visitId)
        // Computed at opening (S23): a department switched meanwhile changes the next opening.
        const groups = groupChoices(directory.now, visit.brandId, actor.agentId)
        let standing = await standingOf(visit)
        let facts = factsOf(actor, visit, { standing, groups })
        const state = versioned(actor, facts)
        let version = state.version

        const look = () => {
          // The last facts stay when the visit leaves the list; Send will say that they are gone.
          const now = presence.find(visitId)
          const next: Facts = now
            ? factsOf(actor, now, { standing, groups })
            : { ...facts, ...standing, status: 'removed' }
          if (JSON.stringify(next) === JSON.stringify(facts)) return
          facts = next
          const told = versioned(actor, facts)
          versions.replace(version)
          version = told.version
          out.emit(told)
        }
        const reread = () =>
          background.run('values', () =>
            line.add(async () => {
              if (closed) return
              standing = await standingOf(visit)
              look()
            }),
          )
        let closed = false
        const closers = [
          bus.subscribe((announcement) => {
            if (announcement.type === 'invitation') {
              if (announcement.invitation.visitorId === visit.visitorId) reread()
            } else if (announcement.type === 'chat' && announcement.visitorId === visit.visitorId) {
              reread()
            }
          }),
          presence.onChange((change) => change.visit.id === visitId && look()),
          directory.onChange(() => {
            try {
              if (presence.find(visitId)) visitFor(actor, visitId)
              look()
            } catch {
              close()
              out.lost('This visitor is not yours to see any more.')
            }
          }),
          ticks.each(look),
        ]
        const close = () => {
          closed = true
          for (const closer of closers) closer()
          versions.replace(version)
        }
        return { state, close, flush: look }
      }),
  }

  return { door, fresh }
}

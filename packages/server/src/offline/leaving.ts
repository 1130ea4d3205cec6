import type {
  BrandId,
  DepartmentId,
  OfflineLeave,
  OfflineMessageId,
  SiteId,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import { cleanText } from '../chats/messages.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { addressBlock } from '../http/client-ip.ts'
import { newId } from '../ids.ts'
import { readPublicAddress } from '../mail/address.ts'
import { Refusal } from '../refusal.ts'
import { contactGiven } from '../store/contact-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import { insertOfflineMessage, leftBy } from '../store/offline-rows.ts'
import { type Clock, minutes } from '../time/clock.ts'
import { legible } from '../visits/identity.ts'
import type { Presence, VisitorActor } from '../visits/presence.ts'
import { mailLeft } from './mailing.ts'
import { createQuota } from './quota.ts'

/** Of one visitor, and of one address: an office shares one. */
const FROM_VISITOR = 5
const FROM_ADDRESS = 20
const WITHIN = minutes(60)

/** Whoever leaves a message; without a visitor where the page has no script. */
export type Leaver = {
  siteId: SiteId
  brandId: BrandId
  ip: string
  visitor?: { visitorId: VisitorId; visitId: VisitId }
  page: { url: string; title: string }
  /** What the page speaks; absent: English. */
  language: string | undefined
}
export type Said = Omit<OfflineLeave, 'type'>

/** C4: what somebody writes while nobody can chat is stored, listed and mailed in one work. */
export function createLeaving(deps: {
  commit: Commit
  directory: Directory
  clock: Clock
  presence: Pick<Presence, 'find' | 'upsert'>
  baseUrl(): string
}) {
  const { commit, directory, clock, presence, baseUrl } = deps
  const addresses = createQuota({ clock, most: FROM_ADDRESS, within: WITHIN })

  /** The same client id again is the same message. */
  async function leave(leaver: Leaver, said: Said): Promise<Record<never, never>> {
    const { visitor, ip } = leaver
    const block = addressBlock(ip)
    let left = false
    await commit((work) => {
      left = false
      const asked = { ...said, siteId: leaver.siteId }
      const actorId = visitor?.visitorId ?? `${leaver.siteId}:${said.id}`
      return once(work.tx, { actorId, asked, at: clock.now() }, async () => {
        if (addresses.isSpent(block)) throw tooMany()
        await leaveOnce(work, leaver, said)
        left = true
        return {}
      })
    })
    if (left) addresses.spend(block)
    return {}
  }

  async function leaveOnce(work: Work, leaver: Leaver, said: Said): Promise<void> {
    const { tx, announce } = work
    const picture = directory.now
    const at = clock.now()
    const { visitor, brandId, siteId, page } = leaver
    const site = picture.sites.get(siteId)
    if (!site || site.off) throw new Refusal('not_allowed', 'This site takes no messages.')
    const message = readMessage(said)
    if (visitor) {
      if ((await leftBy(tx, visitor.visitorId, at - WITHIN)) >= FROM_VISITOR) throw tooMany()
      if (presence.find(visitor.visitId)) await presence.upsert(tx, visitor.visitId)
      const { visitorId } = visitor
      if (await contactGiven(tx, visitorId, message)) {
        announce({ type: 'visitor', visitorId, brandId, named: true })
      }
    }
    const departmentId = departmentFor(said.departmentId, brandId, picture)
    const id = newId<OfflineMessageId>()
    await insertOfflineMessage(tx, {
      id,
      brand_id: brandId,
      site_id: siteId,
      department_id: departmentId ?? null,
      visitor_id: visitor?.visitorId ?? null,
      visit_id: visitor?.visitId ?? null,
      name: message.name,
      email: message.email,
      text: message.text,
      fields: JSON.stringify(message.fields),
      page_url: page.url,
      page_title: page.title,
      language: leaver.language ?? 'en',
      at,
      read_at: null,
      agent_id: null,
      done_at: null,
      done_by: null,
    })
    await insertEvent(tx, {
      type: 'offline.left',
      at,
      brandId,
      subjectId: id,
      by: visitor ? { kind: 'visitor', id: visitor.visitorId } : { kind: 'system' },
      data: { siteId, departmentId },
    })
    if (departmentId) {
      const left = { id, brandId, departmentId, siteName: site.name, at, page, ...message }
      await mailLeft(
        tx,
        { ...left, visitorId: visitor?.visitorId ?? null },
        { picture, baseUrl: baseUrl() },
      )
    }
    announce({ type: 'offline' })
  }

  return {
    leave,

    visitorDoors: {
      'offline.leave': (actor: VisitorActor, { type: _, ...said }: OfflineLeave) => {
        if (actor.banned)
          throw new Refusal('not_allowed', 'Nothing more is taken from this browser.')
        const row = presence.find(actor.visitId)?.row
        const { siteId, brandId, ip, visitorId, visitId, language } = actor
        const page = { url: row?.url ?? '', title: row?.title ?? '' }
        return leave({ siteId, brandId, ip, visitor: { visitorId, visitId }, page, language }, said)
      },
    },
  }
}

const tooMany = () =>
  new Refusal('rate_limited', 'That were many messages in a short time. Try again in an hour.')

function readMessage(said: Said) {
  const name = legible(cleanText(said.name))
  if (name === '') throw new Refusal('bad_input', 'Say what you are called.')
  const email = readPublicAddress(said.email)
  if (!email) {
    throw new Refusal('bad_input', 'That is not an email address. It looks like name@example.com.')
  }
  const text = cleanText(said.text).trim()
  if (text === '') throw new Refusal('nothing_to_say', 'Write something first.')
  const fields = (said.fields ?? []).map(({ label, value }) => ({
    label: cleanText(label).trim(),
    value: cleanText(value).trim(),
  }))
  return { name, email, text, fields: fields.filter(({ label, value }) => label && value) }
}

/** The one that was chosen, as long as it is there; else the brand’s first. Nothing is lost because it is gone. */
function departmentFor(
  chosen: DepartmentId | undefined,
  brandId: BrandId,
  picture: Picture,
): DepartmentId | undefined {
  const own = [...picture.departments.values()].filter((one) => one.brandId === brandId)
  return (own.find(({ id }) => id === chosen) ?? own[0])?.id
}

import type {
  BrandId,
  DepartmentId,
  OfflineMailing,
  OfflineMessageId,
  VisitorId,
} from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import type { Letter } from '../mail/letter.ts'
import { type NewMail, queueMail } from '../mail/queue-mail.ts'
import { visitorWords, withName } from '../mail/visitor-words.ts'
import { offlineSetting } from '../store/offline-rows.ts'
import type { Db, Tx } from '../store/store.ts'

/** A group of hundreds is a mailing list, and has an address of its own. */
const MOST_RECIPIENTS = 50

/** Where a department has its offline messages sent; as shipped, to its agents. */
export async function mailingOf(db: Db | Tx, departmentId: DepartmentId): Promise<OfflineMailing> {
  const row = await offlineSetting(db, departmentId)
  if (!row) return { to: 'agents' }
  if (row.mailed === 0) return { to: 'nobody' }
  return row.address === null ? { to: 'agents' } : { to: 'address', address: row.address }
}

/** The department's address, or everybody in its front-line group who answers visitors. */
export function recipientsOf(
  mailing: OfflineMailing,
  departmentId: DepartmentId,
  picture: Pick<Picture, 'groups' | 'agents'>,
): string[] {
  if (mailing.to === 'nobody') return []
  if (mailing.to === 'address') return mailing.address ? [mailing.address] : []
  const front = [...picture.groups.values()].find(
    (group) => group.departmentId === departmentId && group.frontLine,
  )
  return [...(front?.members.keys() ?? [])]
    .flatMap((id) => picture.agents.get(id) ?? [])
    .filter(({ disabled, roles }) => !disabled && (roles.has('agent') || roles.has('manager')))
    .map(({ email }) => email)
    .slice(0, MOST_RECIPIENTS)
}

export type LeftMessage = {
  id: OfflineMessageId
  brandId: BrandId
  departmentId: DepartmentId
  visitorId: VisitorId | null
  name: string
  email: string
  text: string
  fields: readonly { label: string; value: string }[]
  page: { url: string; title: string }
  siteName: string
  at: number
}

/** Tells whoever the department wants to be told. */
export async function mailLeft(
  tx: Tx,
  message: LeftMessage,
  { picture, baseUrl }: { picture: Picture; baseUrl: string },
): Promise<void> {
  const mailing = await mailingOf(tx, message.departmentId)
  const department = picture.departments.get(message.departmentId)?.name ?? ''
  const mail: Omit<NewMail, 'to'> = {
    kind: 'offline_message',
    subject: `${message.name} left a message (${message.siteName})`,
    letter: letterOf(message, department, `${baseUrl}/console/chats/offline/${message.id}`),
    replyTo: message.email,
    brandId: message.brandId,
    ...(message.visitorId && { visitorId: message.visitorId }),
    subjectId: message.id,
    at: message.at,
  }
  for (const to of recipientsOf(mailing, message.departmentId, picture)) {
    await queueMail(tx, { ...mail, to })
  }
}

const letterOf = (message: LeftMessage, department: string, url: string): Letter => ({
  title: `${message.name} left a message on ${message.siteName}`,
  parts: [
    { part: 'quote', text: message.text },
    {
      part: 'facts',
      facts: [
        ['Name', message.name],
        ['Email', message.email],
        ...message.fields.map(({ label, value }) => [label, value] as const),
        ['Department', department],
        ...(message.page.url ? [['Page', message.page.url] as const] : []),
      ],
    },
    { part: 'link', text: 'Open it in Beckon', url },
    {
      part: 'note',
      text: `Answer in Beckon, and your colleagues see that it is answered. An answer to this mail goes to ${message.email} directly.`,
    },
  ],
})

/** The answer of an agent, to whoever wrote. */
export function answerMail(answer: {
  text: string
  agentName: string
  siteName: string
  language: string
  asked: string
}): Pick<NewMail, 'subject' | 'letter'> {
  const { text, agentName, siteName, language, asked } = answer
  const words = visitorWords(language)
  return {
    subject: withName(words.yourMessage, siteName),
    letter: {
      title: `${agentName}, ${siteName}`,
      language,
      parts: [
        { part: 'text', text },
        { part: 'note', text: words.youWrote },
        { part: 'quote', text: asked },
      ],
    },
  }
}

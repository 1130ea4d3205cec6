import { letterRewritten, type MailRow } from '../store/mail-rows.ts'
import { hashOf, renewOneTime } from '../store/one-time-rows.ts'
import type { Tx } from '../store/store.ts'
import type { Letter } from './letter.ts'

/**
 * The letter as it is sent. Links that let somebody in get their token now, in the work that takes
 * the mail: what waits in the database, and what a backup of it holds, opens nothing. Undefined
 * where such a link has ended meanwhile.
 */
export async function letterToSend(tx: Tx, mail: MailRow): Promise<Letter | undefined> {
  const kept = JSON.parse(mail.letter ?? '') as Letter
  if (!kept.parts.some((one) => one.part === 'link' && one.oneTime)) return kept
  const sent = []
  const keeps = []
  for (const one of kept.parts) {
    if (one.part !== 'link' || one.oneTime === undefined) {
      sent.push(one)
      keeps.push(one)
      continue
    }
    const token = await renewOneTime(tx, one.oneTime)
    if (token === undefined) return undefined
    const { part, text, url } = one
    sent.push({ part, text, url: `${url}#${token}` })
    keeps.push({ ...one, oneTime: hashOf(token) })
  }
  await letterRewritten(tx, mail.id, JSON.stringify({ ...kept, parts: keeps }))
  return { ...kept, parts: sent }
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChatId, GroupId, IpMode } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createLog } from '../src/log.ts'
import { granted, openWhole } from './whole.ts'

/** Their last parts stand nowhere else; what masking keeps of them may. */
const ADDRESSES = ['198.51.173.219', '2001:db8:77:a1b2:c3d4:e5f6:1729:4104']

describe('T28 a visitor’s address is stored as the site says', () => {
  const scenes: { mode: IpMode; found: boolean }[] = [
    { mode: 'masked', found: false },
    { mode: 'none', found: false },
    // The same search finds it where it may be.
    { mode: 'full', found: true },
  ]
  for (const { mode, found } of scenes) {
    for (const ip of ADDRESSES) {
      test(`T28 ${mode}: ${ip} is ${found ? '' : 'nowhere '}in the data folder and never in the log`, {
        timeout: 120_000,
      }, async () => {
        const lines: string[] = []
        const to = { write: (line: string) => void lines.push(line) }
        const log = createLog({ level: 'debug', to })
        await using whole = await openWhole({ log, on: 'sqlite' })
        const cookie = await whole.signIn()
        await whole.rest('PATCH', `/sites/${whole.site('website').id}`, { ipMode: mode }, cookie)
        await invitedRepliesChatsLeaves(whole, { cookie, ip })
        // A fault about this visitor, too, is logged without them.
        log.error({ err: new Error('a fault of the test') }, 'failed')
        expect(await isIn(whole.dataDir, ip)).toBe(found)
        await whole.app.close()
        expect(await isIn(whole.dataDir, ip)).toBe(found)
        expect(lines.length).toBeGreaterThan(0)
        expect(lines.join('')).not.toContain(ip)
      })
    }
  }
})

type Whole = Awaited<ReturnType<typeof openWhole>>

async function invitedRepliesChatsLeaves(
  whole: Whole,
  { cookie, ip }: { cookie: string; ip: string },
) {
  const ada = await whole.agent(cookie)
  const [group] = whole.app.directory.now.groups.values()
  const kim = await whole.visitor({ ip })
  const visitId = kim.welcome.visit
  const invite = async (template: string) => {
    const values = granted(await ada.look({ topic: 'values', visitId }))
    return granted(
      await ada.ask<'invitation.send'>({
        type: 'invitation.send',
        visitId,
        groupId: group?.id as GroupId,
        template,
        version: values.version,
        again: true,
      }),
    ).invitation
  }
  const first = await invite('Hello #displayname|you# from #ip#.')
  granted(await kim.ask({ type: 'invitation.decline', invitationId: first.id }))
  // With a name the address is the next rung of the ladder.
  kim.say({ type: 'identify', identity: { name: 'Kim' } })
  const second = await invite('Hello #displayname#.')
  const { chatId } = granted(
    await kim.ask({ type: 'invitation.reply', invitationId: second.id, text: 'Hello' }),
  )
  const chat = { chatId: chatId as ChatId }
  granted(await ada.ask({ type: 'message.send', ...chat, text: 'How can I help?' }))
  granted(await kim.ask({ type: 'message.send', ...chat, text: 'All is well.' }))
  granted(await kim.ask({ type: 'chat.end', ...chat }))
  const bare = await whole.visitor({ ip })
  granted(await bare.ask({ type: 'chat.start', text: 'Anybody?' }))
  // Refused, too: what is said no to is not kept either.
  bare.say('{"type":"nonsense"}')
  await bare.until('a refusal', () => bare.heard.find((frame) => frame.type === 'refused'))
  await kim.leave()
  await bare.leave()
  await whole.pass(1_000_000)
}

/** The raw bytes: tables, indexes, freed pages and the log of the database alike. */
async function isIn(folder: string, address: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  expect(files.map(({ name }) => name)).toContain('beckon.db')
  for (const { parentPath, name } of files) {
    if ((await readFile(join(parentPath, name))).includes(address)) return true
  }
  return false
}

import type { AgentCommand, VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createCommands } from './commands.ts'

function aLine() {
  let open = true
  let ids = 0
  const sent: AgentCommand[] = []
  const commands = createCommands({
    send: (command) => {
      if (open) sent.push(command)
      return open
    },
    newId: () => `command-${++ids}`,
  })
  return {
    commands,
    sent,
    lose: () => {
      open = false
    },
    mend: () => {
      open = true
      commands.opened()
    },
  }
}
const stop = { type: 'visit.stop', visitId: 'visit-0001' as VisitId } as const

describe('commands', () => {
  test('I13 a command without an answer is sent again with the same id', async () => {
    const line = aLine()
    const answer = line.commands.ask(stop)
    line.lose()
    line.mend()
    expect(line.sent.map(({ id }) => id)).toEqual(['command-1', 'command-1'])
    line.commands.frame({ type: 'done', id: 'command-1', result: {} })
    await expect(answer).resolves.toEqual({})
    line.mend()
    expect(line.sent).toHaveLength(2)
  })

  test('W11 without a connection a command waits and goes out by itself', () => {
    const line = aLine()
    line.lose()
    void line.commands.ask(stop)
    expect(line.sent).toEqual([])
    line.mend()
    expect(line.sent).toHaveLength(1)
  })

  test('W11 a command taken back before it left is never sent', async () => {
    const line = aLine()
    line.lose()
    const taking = new AbortController()
    const answer = line.commands.ask(stop, { signal: taking.signal })
    taking.abort()
    await expect(answer).rejects.toMatchObject({ code: 'given_up' })
    line.mend()
    expect(line.sent).toEqual([])
  })

  test('I13 a refusal carries what it is about', async () => {
    const line = aLine()
    const answer = line.commands.ask(stop)
    line.commands.frame({
      type: 'refused',
      id: 'command-1',
      code: 'visitor_gone',
      message: 'Gone.',
      details: {},
    })
    await expect(answer).rejects.toMatchObject({ code: 'visitor_gone', message: 'Gone.' })
  })
})

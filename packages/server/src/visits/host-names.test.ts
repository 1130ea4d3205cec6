import { describe, expect, test } from 'vitest'
import { createHostNames } from './host-names.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('host names', () => {
  test('W1 a name is told when it comes, asked for once, and no answer is none', async () => {
    const asked: string[] = []
    const names = createHostNames(async (ip) => {
      asked.push(ip)
      if (ip === '203.0.113.9') throw new Error('ENOTFOUND')
      return [`host-${ip}.example`]
    })
    const told: string[] = []
    const look = (ip: string) => names.look(ip, (name) => told.push(name))
    look('203.0.113.1')
    look('203.0.113.9')
    await turn()
    look('203.0.113.1')
    look('203.0.113.9')
    expect(told).toEqual(['host-203.0.113.1.example', 'host-203.0.113.1.example'])
    expect(asked).toEqual(['203.0.113.1', '203.0.113.9'])
  })

  test('W1 T26 no more than eight are asked at once, and what is no name is not told', async () => {
    let open = 0
    let most = 0
    const waiting: (() => void)[] = []
    const names = createHostNames(async () => {
      most = Math.max(most, ++open)
      await new Promise<void>((resolve) => waiting.push(resolve))
      open -= 1
      return ['<script>', `${'a'.repeat(300)}.example`]
    })
    const told: string[] = []
    for (let at = 0; at < 30; at++) names.look(`198.51.100.${at}`, (name) => told.push(name))
    while (waiting.length > 0) {
      for (const answer of waiting.splice(0)) answer()
      await turn()
    }
    expect([most, open, told]).toEqual([8, 0, []])
  })
})

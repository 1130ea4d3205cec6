import type { InvitationReport } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

const counts = {
  sent: 1,
  delivered: 1,
  viewed: 1,
  accepted: 1,
  declined: 0,
  ignored: 0,
  withdrawn: 0,
  expired: 0,
  failed: 0,
  open: 0,
}
const reportOf = (...names: string[]): InvitationReport => ({
  from: 0,
  to: 1,
  total: counts,
  rows: names.map((name) => ({ id: name, name, counts })),
})

test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '\0=1', '＝1', ' =1'])(
  'T11 a name that begins like a formula is text: %j',
  (name) => {
    const first = csvOf(reportOf(name), 'agent')
      .split('\r\n')
      .slice(1)
      .join('\r\n')
      .replace(/^"/, '')
    expect(first.startsWith("'")).toBe(true)
  },
)

test('T11 quotes, commas and line ends stay inside their cell', () => {
  expect(csvOf(reportOf('Du"arte, Ana'), 'agent').split('\r\n')[1]).toBe(
    '"Du""arte, Ana",1,1,1,1,0,0,0,0,0,0',
  )
})

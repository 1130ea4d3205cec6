import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Visit } from '../visits/live.ts'
import { ALL_COLUMNS, cellsOf } from './cells.ts'
import { csvLine } from './csv.ts'

const STARTS = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−']
const BEFORE = ['', ' ', '\t', '\u00a0', '\u200b', '\ufeff', '"', "'", '\u0000', '\u3000']
const PREFIXES = [
  ...STARTS,
  ...BEFORE.slice(1).flatMap((before) => ['=', '+', '@', '＝', '-'].map((sign) => before + sign)),
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\u0000',
  '\u001f',
  '\u2028',
]

/** As a spreadsheet reads it (RFC 4180). */
function parsed(csv: string): string[][] {
  const records: string[][] = []
  const record: string[] = []
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') records.push(record.splice(0))
  }
  return records
}
const hostile = (text: string): Visit =>
  ({
    siteName: text,
    site: { ipMode: 'full' },
    row: {
      visitorId: text,
      status: text,
      who: { rung: 'displayname', text, verified: false },
      email: text,
      title: text,
      url: text,
      landingUrl: text,
      referrer: text,
      searchPhrase: text,
      campaign: text,
      country: text,
      city: text,
      region: text,
      language: text,
      browser: text,
      os: text,
      device: text,
      ip: text,
      hostname: text,
      tags: [{ name: text }],
      invitation: { state: text, agentName: text },
      chat: { state: text },
      hits: 1,
      visitNumber: 2,
      startedAt: 0,
      navigatedAt: 0,
    },
  }) as unknown as Visit

const isFormula = (cell: string) =>
  /^[=+\-@|%\t\r\n＝＋－＠﹦﹢﹣﹫−]/.test(cell.replace(/^[\s\p{C}"]+/u, '') || cell)

test('T11 no cell of any column is a formula, whatever it begins with, and all of it can be read back', () => {
  expect(PREFIXES.length).toBeGreaterThanOrEqual(60)
  const cells = cellsOf(ALL_COLUMNS)
  for (const prefix of PREFIXES) {
    for (const rest of ['1+1', 'cmd|calc!A0', 'x","=1', '\r\n=1']) {
      const text = `${prefix}${rest}`
      const at = { now: 0, removedMs: 0, ipMode: 'full' } as const
      const values = cells.map((cell) => cell.read(hostile(text), at))
      const line = csvLine(
        values.map((value) =>
          typeof value === 'number'
            ? value
            : Array.isArray(value)
              ? value.join()
              : String(value ?? ''),
        ),
      )
      const [record, ...more] = parsed(line)
      expect(more).toEqual([])
      expect(record).toHaveLength(cells.length)
      expect(record?.filter(isFormula), JSON.stringify(text)).toEqual([])
      // Nothing is lost: without the guard it is the text.
      expect(record?.filter((cell) => cell === `'${text}`).length).toBeGreaterThan(15)
    }
  }
})

test('T11 any text comes back as it was, guarded or not', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2 }), (texts) => {
      const [record] = parsed(csvLine(texts))
      expect(record?.map((cell, at) => (cell === texts[at] ? cell : cell.slice(1)))).toEqual(texts)
    }),
  )
})

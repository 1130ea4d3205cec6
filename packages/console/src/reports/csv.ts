import type { InvitationReport } from '@beckon/protocol'

const KEYS = [
  'sent',
  'delivered',
  'viewed',
  'accepted',
  'declined',
  'ignored',
  'withdrawn',
  'expired',
  'failed',
  'open',
] as const

export function csvOf(report: InvitationReport, by: string): string {
  const lines = [
    [by, ...KEYS],
    ...report.rows.map((row) => [row.name, ...KEYS.map((key) => String(row.counts[key]))]),
  ]
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

// What a spreadsheet takes for a formula, full-width forms included (T11).
const FORMULA = /^\s*[=+\-@\t\r\n\0＝＋－＠]/

/** Quoted by RFC 4180, and with a mark before what would be a formula. */
function cell(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

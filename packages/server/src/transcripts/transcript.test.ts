import type { Message } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { htmlOf } from '../mail/html.ts'
import { plainOf } from '../mail/plain.ts'
import { visitorWords, withName } from '../mail/visitor-words.ts'
import { type Transcript, transcriptLetter } from './transcript.ts'

const said = (seq: number, from: Message['from'], text: string): Message => ({
  seq,
  clientId: `client-id-${seq}`,
  from,
  name: from === 'agent' ? 'Ana' : '',
  text,
  at: Date.parse('2026-11-23T14:31:00Z') + seq * 60_000,
})
const chat = (more: Partial<Transcript> = {}): Transcript => ({
  siteName: 'Northwind',
  visitorName: 'Kim',
  startedAt: Date.parse('2026-11-23T14:31:00Z'),
  messages: [
    said(1, 'visitor', 'Is it warm?'),
    said(2, 'system', 'Passed by Ana to Ben.'),
    said(3, 'agent', 'Yes.'),
  ],
  language: 'en',
  writing: 'en-u-nu-latn',
  timeZone: 'Europe/Oslo',
  ...more,
})

describe('C5 a transcript', () => {
  test('C5 says who wrote what and when, in the visitor’s time zone, and nothing of the team', () => {
    expect(plainOf(transcriptLetter(chat())).replaceAll('\u202f', ' ')).toBe(
      [
        'Chat with Northwind',
        'November 23, 2026\nTimes are in Europe/Oslo.',
        'Kim, 3:32 PM\nIs it warm?',
        'Ana, 3:34 PM\nYes.\n',
      ].join('\n\n'),
    )
  })

  test('C5 speaks the visitor’s language, from right to left where that is so written', () => {
    const letter = transcriptLetter(
      chat({ language: 'ar', writing: 'ar-EG-u-nu-latn', visitorName: '' }),
    )
    expect(letter.title).toBe('محادثة مع Northwind')
    expect(plainOf(letter)).toContain('23 نوفمبر 2026')
    expect(plainOf(letter)).toContain('زائر')
    expect(htmlOf(letter)).toContain('<html lang="ar" dir="rtl">')
  })

  test('C5 T17 a language or a time zone that nobody knows is no fault', () => {
    const odd = chat({ language: '"><x', writing: '"><x', timeZone: 'Mars/Olympus' })
    expect(plainOf(transcriptLetter(odd))).toContain('Times are in UTC.')
  })

  test('C5 a name is put in as it is', () => {
    expect(withName(visitorWords('en').yourChat, "A$&B$'%")).toBe("Your chat with A$&B$'%")
    expect(visitorWords('pt-BR').visitor).toBe('Visitante')
    expect(visitorWords('constructor').visitor).toBe('Visitor')
  })
})

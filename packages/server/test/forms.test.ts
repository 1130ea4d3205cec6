import {
  type ChatId,
  DEFAULT_STYLE,
  type DepartmentFormView,
  type DepartmentView,
  type FormField,
  type SiteView,
  type VisitorServerFrame,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentLine, openWhole, type VisitorLine, type Whole } from './whole.ts'

/* What departments ask before and after a chat, and what visitors are spoken to in. */

let whole: Whole
let cookie: string
let ada: AgentLine
let support: DepartmentView

const FIELDS: FormField[] = [
  { id: 'email', kind: 'email', label: '', required: true, as: 'email' },
  { id: 'order', kind: 'text', label: 'Order number', required: true, as: 'order_number' },
  { id: 'size', kind: 'select', label: 'Size', required: false, options: ['52', '54'] },
  { id: 'terms', kind: 'checkbox', label: 'Terms', required: true },
]
const ANSWERS = { email: 'kim@shop.example', order: '  RC-20377 ', size: '54', terms: 'yes' }

beforeAll(async () => {
  whole = await openWhole()
  cookie = await whole.signIn()
  ada = await whole.agent(cookie)
  ada.say({ type: 'availability.set', id: 'available-0001', available: true })
  await ada.next('done')
  const list = [...whole.app.directory.now.departments.values()]
  support = list[0] as never
  await whole.rest('PATCH', `/departments/${support.id}/form`, { fields: FIELDS }, cookie)
}, 120_000)
afterAll(() => whole?.[Symbol.asyncDispose]())

type Refused = Extract<VisitorServerFrame, { type: 'refused' }>
let last = 0
/** The whole refusal, with what is wrong at which field. */
async function refusalOf(kim: VisitorLine, answers: Record<string, string>): Promise<Refused> {
  const id = `refused-${++last}-start`
  kim.say({ type: 'chat.start', id, text: 'Where is it?', answers })
  return kim.next('refused', (frame) => frame.id === id)
}
const begin = async (kim: VisitorLine): Promise<ChatId> => {
  const done = await kim.ask({ type: 'chat.start', text: 'Where is it?', answers: ANSWERS })
  if (!('chatId' in done) || !done.chatId) throw new Error(JSON.stringify(done))
  return done.chatId
}

describe('C2 before a chat', () => {
  test('the page is told what is asked, and a form that cannot be filled in is refused', async () => {
    const kim = await whole.visitor()
    kim.say({ type: 'form.ask' })
    const { departments } = await kim.next('form')
    expect(departments).toMatchObject([{ name: support.name, online: true, fields: FIELDS }])
    const broken = [{ id: 'size', kind: 'select', label: 'Size', required: true, options: [] }]
    await expect(
      whole.rest('PATCH', `/departments/${support.id}/form`, { fields: broken }, cookie),
    ).rejects.toThrow(/something to choose from/)
  })

  test('what is missing or wrong is named at its field, whatever the page lets through', async () => {
    const kim = await whole.visitor()
    const none = await refusalOf(kim, {})
    expect(none).toMatchObject({
      code: 'form_incomplete',
      problems: { email: 'missing', order: 'missing', terms: 'missing' },
    })
    const wrong = { ...ANSWERS, email: 'kim@shop', size: '<b>99</b>', terms: 'on' }
    expect((await refusalOf(kim, wrong)).problems).toEqual({
      email: 'email',
      size: 'choice',
      terms: 'choice',
    })
    expect((await refusalOf(kim, { ...ANSWERS, order: '\u200b\u202e ' })).problems).toEqual({
      order: 'missing',
    })
  })

  test('answers stay with the chat under their labels, and mean something of the visitor', async () => {
    const kim = await whole.visitor()
    const hostile = { ...ANSWERS, order: '=1+1<img src=x>', unasked: 'x', __proto__: 'y' }
    const done = await kim.ask({ type: 'chat.start', text: 'Hello', answers: hostile })
    await whole.settled()
    const chatId = (done as { chatId: ChatId }).chatId
    const state = await ada.look({ topic: 'chat', chatId })
    expect(state).toMatchObject({
      chat: { who: { text: 'kim@shop.example' } },
      work: {
        answers: [
          { label: 'Order number', value: '=1+1<img src=x>' },
          { label: 'Size', value: '54' },
          { label: 'Terms', value: '✓' },
        ],
      },
    })
    const { attributes } = whole.app.presence.find(kim.welcome.visit) ?? {}
    expect(attributes).toMatchObject({ order_number: '=1+1<img src=x>' })
  })

  test('a topic that is not offered here reaches nobody', async () => {
    const kim = await whole.visitor()
    const done = await kim.ask({
      type: 'chat.start',
      text: 'Hello',
      departmentId: 'department-elsewhere' as never,
      answers: ANSWERS,
    })
    expect(done).toMatchObject({ refused: 'no_agents' })
  })
})

describe('C5 after a chat', () => {
  test('one answer is stored, may be changed until there is a comment, and is told to agents', async () => {
    const [kim, stranger] = [await whole.visitor(), await whole.visitor()]
    const chatId = await begin(kim)
    const rate = (who: VisitorLine, rating: number, comment?: string) =>
      who.ask({ type: 'survey.answer', chatId, rating, ...(comment && { comment }) })
    await ada.ask({ type: 'chat.take', chatId })
    expect(await rate(kim, 5)).toMatchObject({ refused: 'survey_closed' })
    await ada.ask({ type: 'chat.end', chatId })
    expect(await rate(stranger, 1)).toMatchObject({ refused: 'not_found' })
    expect(await rate(kim, 2)).toMatchObject({ type: 'done' })
    expect(await rate(kim, 4, 'Quick\u0000!')).toMatchObject({ type: 'done' })
    expect(await rate(kim, 1, 'No')).toMatchObject({ refused: 'survey_closed' })
    await whole.settled()
    const state = await ada.look({ topic: 'chat', chatId })
    expect(state).toMatchObject({ work: { survey: { rating: 4, comment: 'Quick!' } } })
    const events = await whole.app.store.read((db) =>
      db.selectFrom('events').select('type').where('subject_id', '=', chatId).execute(),
    )
    expect(events.filter(({ type }) => type === 'survey.answered')).toHaveLength(1)
    kim.say({ type: 'chat.open', chatId, after: 0 })
    const snapshot = await kim.next('chat.snapshot')
    expect(snapshot.state.chat).toMatchObject({
      endedBy: 'agent',
      survey: { rating: 4, comment: false },
    })
  })

  test('nobody is asked where it is switched off, or nobody was there', async () => {
    const kim = await whole.visitor()
    const left = await begin(kim)
    await kim.ask({ type: 'chat.end', chatId: left })
    kim.say({ type: 'chat.open', chatId: left, after: 0 })
    expect((await kim.next('chat.snapshot')).state.chat.survey).toBeUndefined()
    const survey = { on: false, question: '', comment: true }
    const path = `/departments/${support.id}/form`
    expect(await whole.rest<DepartmentFormView>('PATCH', path, { survey }, cookie)).toMatchObject({
      survey,
      fields: FIELDS,
    })
    const chatId = await begin(kim)
    await ada.ask({ type: 'chat.take', chatId })
    await ada.ask({ type: 'chat.end', chatId })
    expect(await kim.ask({ type: 'survey.answer', chatId, rating: 5 })).toMatchObject({
      refused: 'survey_closed',
    })
  })
})

describe('C5 languages', () => {
  const path = () => `/departments/${support.id}/form`

  test('a department says its words in the visitor’s language, else as it does to everybody', async () => {
    const de = {
      name: 'Hilfe',
      greeting: 'Worum geht es?',
      waiting: 'Gleich.',
      ended: 'Danke!',
      question: 'Wie war es?',
      labels: { size: 'Größe', gone: 'Fort', order: '' },
      options: { size: ['klein', 'groß'] },
    }
    const texts = { greeting: 'What is it?', waiting: 'Soon.', ended: 'Bye.', offline: 'Write.' }
    const survey = { on: true, question: 'Well?', comment: true }
    const form = { texts, survey, languages: { de, en: {} } }
    const stored = await whole.rest<DepartmentFormView>('PATCH', path(), form, cookie)
    expect(stored.languages).toEqual({ de: { ...de, labels: { size: 'Größe' } } })
    const english = await whole.visitor({ language: 'en-GB' })
    english.say({ type: 'form.ask' })
    expect((await english.next('form')).departments[0]).toMatchObject({
      name: support.name,
      greeting: 'What is it?',
      fields: FIELDS,
    })
    const german = await whole.visitor({ language: 'de-AT' })
    german.say({ type: 'form.ask' })
    const [asked] = (await german.next('form')).departments
    expect(asked).toMatchObject({ name: 'Hilfe', greeting: 'Worum geht es?', offline: 'Write.' })
    expect(asked?.fields[1]).toEqual(FIELDS[1])
    expect(asked?.fields[2]).toMatchObject({ label: 'Größe', options: ['klein', 'groß'] })
    const answers = { ...ANSWERS, size: 'groß' }
    const done = await german.ask({ type: 'chat.start', text: 'Hallo', answers })
    const { chatId } = done as { chatId: ChatId }
    expect((await german.next('chat', ({ chat }) => chat.state === 'queued')).chat.says).toBe(
      'Gleich.',
    )
    await ada.ask({ type: 'chat.take', chatId })
    const seen = await ada.look({ topic: 'chat', chatId })
    expect(seen).toMatchObject({
      work: { answers: [{}, { label: 'Size', value: '54' }, {}] },
    })
    await ada.ask({ type: 'chat.end', chatId })
    const ended = await german.next('chat', ({ chat }) => chat.state === 'ended')
    expect(ended.chat).toMatchObject({ says: 'Danke!', survey: { question: 'Wie war es?' } })
  })

  test('words of no language, and choices that are not as many, are refused', async () => {
    const change = (languages: object) => whole.rest('PATCH', path(), { languages }, cookie)
    await expect(change({ tlh: { greeting: 'nuqneH' } })).rejects.toThrow(/bad_input/)
    await expect(change({ de: { options: { size: ['eine'] } } })).rejects.toThrow(
      /“Size” has 2 to choose from, and 1 in de/,
    )
  })

  test('the browser’s is spoken, unless the site has one of its own', async () => {
    const arabic = await whole.visitor({ language: 'ar-EG' })
    expect(arabic.welcome.look).toMatchObject({
      language: 'ar',
      words: { lang: 'ar', dir: 'rtl', no: 'لا، شكرًا' },
    })
    const other = await whole.visitor({ language: 'tlh' })
    expect(other.welcome.look.language).toBeUndefined()
    const { id } = whole.site('website')
    await whole.rest<SiteView>('PATCH', `/sites/${id}`, { visitorLanguage: 'de' }, cookie)
    const german = await whole.visitor({ language: 'ar' })
    expect(german.welcome.look).toMatchObject({ language: 'de', words: { yes: 'Antworten' } })
    const refused = whole.rest('PATCH', `/sites/${id}`, { visitorLanguage: 'tlh' }, cookie)
    await expect(refused).rejects.toThrow(/bad_input/)
    // A live chat link of another language is spoken before the site's.
    const style = { ...DEFAULT_STYLE, language: 'fr' }
    const link = { siteId: id, name: 'Bouton', type: 'button', style }
    await whole.rest('POST', '/links', link, cookie)
    const french = await whole.visitor({ language: 'ar' })
    expect(french.welcome.look).toMatchObject({ language: 'fr', words: { yes: 'Répondre' } })
    const klingon = { ...link, style: { ...style, language: 'tlh' } }
    await expect(whole.rest('POST', '/links', klingon, cookie)).rejects.toThrow(/bad_input/)
  })
})

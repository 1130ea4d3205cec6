import { LIMITS } from '@beckon/protocol'
import { readPublicAddress } from '../mail/address.ts'
import { type Html, html } from './html.ts'
import { contactPath, crumbs, hasLauncher, homeOf, type Portal, page, withValue } from './pages.ts'
import type { Speech } from './words.ts'

/** The form as somebody filled it in. */
export type Letter = {
  /** Made with the page, so that the same form sent twice is one message. */
  id: string
  name: string
  email: string
  text: string
  department: string
  /** A field that nobody sees: only machines fill it in. */
  website: string
}
/** What is wrong, at the field where it is, or with all of it. */
export type LetterProblems = { [at in 'name' | 'email' | 'text' | 'all']?: string }
type Filled = { letter: Letter; problems?: LetterProblems }

const FIELDS = ['id', 'name', 'email', 'text', 'department', 'website'] as const

/** Reads a form body; what is missing is empty, what is too much is left out. */
export function readLetter(body: string): Letter {
  const form = new URLSearchParams(body)
  const values = FIELDS.map((field) => [field, form.get(field)?.replaceAll('\r\n', '\n') ?? ''])
  return Object.fromEntries(values) as Letter
}

/** How to reach the team: by chat, and by a message that is answered by mail. */
export function contactPage(portal: Portal, filled: Filled): string {
  const { brand, departments, site, speech } = portal
  const { words } = speech
  const chatting = departments.filter((department) => department.liveChat)
  const open = site !== undefined && !site.off
  const lead =
    chatting.length === 0
      ? open
        ? words.chatOff
        : words.closed
      : hasLauncher(portal)
        ? words.chatHere
        : words.stay
  return page(
    portal,
    words.contact,
    html`
${crumbs(portal, words.contact)}
<article>
<h1>${words.contact}</h1>
<p class="lead">${lead}</p>
${
  chatting.length > 1
    ? html`
<h2>${words.who}</h2>
<ul>${chatting.map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}</ul>`
    : ''
}
${open ? form(portal, filled) : ''}
<p><a href="${homeOf(brand)}">${words.back}</a></p>
</article>`,
  )
}

function form({ brand, departments, speech }: Portal, { letter, problems = {} }: Filled): Html {
  const { words } = speech
  const first = (['name', 'email', 'text'] as const).find((at) => problems[at])
  const marks = (at: 'name' | 'email' | 'text') =>
    problems[at]
      ? html` id="${at}" aria-invalid="true" aria-describedby="${at}-problem"${at === first ? html` autofocus` : ''}`
      : html` id="${at}"`
  const field = (at: 'name' | 'email' | 'text', label: string, control: Html) => html`
<div><label for="${at}">${label}</label>
${control}${problems[at] ? html`<p class="problem" id="${at}-problem">${problems[at]}</p>` : ''}</div>`
  return html`
<h2 id="message">${words.leave}</h2>
<p>${words.byMail}</p>
<form class="letter" method="post" action="${contactPath(brand)}#message" aria-labelledby="message">
${problems.all ? html`<p class="problem boxed" role="alert">${problems.all}</p>` : ''}
<input type="hidden" name="id" value="${letter.id}">
<p class="unseen" aria-hidden="true"><label>Website<input name="website" tabindex="-1" autocomplete="off"></label></p>
${field(
  'name',
  words.name,
  html`<input name="name" required maxlength="120" autocomplete="name" dir="auto" value="${letter.name}"${marks('name')}>`,
)}${field(
  'email',
  words.email,
  html`<input name="email" type="email" required maxlength="254" autocomplete="email" value="${letter.email}"${marks('email')}>`,
)}
${
  departments.length > 1
    ? html`<div><label for="department">${words.topic}</label>
<select name="department" id="department">${departments.map(({ id, name }) =>
        id === letter.department
          ? html`<option value="${id}" selected>${name}</option>`
          : html`<option value="${id}">${name}</option>`,
      )}</select></div>`
    : ''
}${field(
  'text',
  words.message,
  html`<textarea name="text" rows="7" required maxlength="${LIMITS.messageCharacters}" dir="auto"${marks('text')}>${letter.text}</textarea>`,
)}
<button>${words.send}</button>
</form>`
}

/** Before it is sent on: what a person mends here, in their language. */
export function problemsOf(
  { name, email, text }: Letter,
  { words }: Speech,
): LetterProblems | undefined {
  const problems: LetterProblems = {
    ...(name.trim() === '' && { name: words.needName }),
    ...(!readPublicAddress(email) && { email: words.needEmail }),
    ...(text.trim() === '' && { text: words.needMessage }),
    ...(text.length > LIMITS.messageCharacters && {
      text: withValue(words.tooLong, LIMITS.messageCharacters),
    }),
  }
  return Object.keys(problems).length > 0 ? problems : undefined
}

export function thanksPage(portal: Portal): string {
  const { words } = portal.speech
  return page(
    portal,
    words.arrived,
    html`
${crumbs(portal, words.contact)}
<article>
<h1>${words.arrived}</h1>
<p class="lead">${words.answerTo}</p>
<p><a href="${homeOf(portal.brand)}">${words.back}</a></p>
</article>`,
  )
}

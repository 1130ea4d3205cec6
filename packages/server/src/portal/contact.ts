import { LIMITS } from '@beckon/protocol'
import { type Html, html } from './html.ts'
import { contactPath, hasLauncher, homeOf, type Portal, page } from './pages.ts'

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
type Filled = { letter: Letter; problem?: string | undefined }

const FIELDS = ['id', 'name', 'email', 'text', 'department', 'website'] as const

/** Reads a form body; what is missing is empty, what is too much is left out. */
export function readLetter(body: string): Letter {
  const form = new URLSearchParams(body)
  const values = FIELDS.map((field) => [field, form.get(field)?.replaceAll('\r\n', '\n') ?? ''])
  return Object.fromEntries(values) as Letter
}

/** How to reach the team: by chat, and by a message that is answered by mail. */
export function contactPage(portal: Portal, filled: Filled): string {
  const { brand, departments, site } = portal
  const chatting = departments.filter((department) => department.liveChat)
  return page(
    portal,
    'Contact',
    html`
${crumbs(portal)}
<article>
<h1>Contact</h1>
${
  chatting.length > 0
    ? html`
<p class="lead">${
        hasLauncher(portal)
          ? 'Chat with us: the button in the corner of this page opens a conversation. While nobody is there, it says so.'
          : 'Stay on this page for a moment: somebody of our team sees that you are here and can write to you.'
      }</p>
<h2>Who answers</h2>
<ul>${chatting.map((department) => html`<li>${department.name}</li>`)}</ul>`
    : html`<p class="lead">Our chat is switched off at the moment${
        site && !site.off ? ', but you can write to us.' : '. Please come back later.'
      }</p>`
}
${site && !site.off ? form(portal, filled) : ''}
<p><a href="${homeOf(brand)}">Back to the help</a></p>
</article>`,
  )
}

const crumbs = ({ brand }: Portal): Html => html`
<nav class="crumbs" aria-label="You are here"><a href="${homeOf(brand)}">Help</a> / <span
aria-current="page">Contact</span></nav>`

const form = ({ brand, departments }: Portal, { letter, problem }: Filled): Html => html`
<h2 id="message">Leave a message</h2>
<p>We answer by mail.</p>
<form class="letter" method="post" action="${contactPath(brand)}#message" aria-labelledby="message">
${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
<input type="hidden" name="id" value="${letter.id}">
<p class="unseen"><label>Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label></p>
<label>Your name<input name="name" required maxlength="120" autocomplete="name" value="${letter.name}"></label>
<label>Your email address<input name="email" type="email" required maxlength="254" autocomplete="email" value="${letter.email}"></label>
${
  departments.length > 1
    ? html`<label>About<select name="department">${departments.map(({ id, name }) =>
        id === letter.department
          ? html`<option value="${id}" selected>${name}</option>`
          : html`<option value="${id}">${name}</option>`,
      )}</select></label>`
    : ''
}
<label>Your message<textarea name="text" rows="7" required maxlength="${LIMITS.messageCharacters}">${letter.text}</textarea></label>
<button>Send</button>
</form>`

export const thanksPage = (portal: Portal): string =>
  page(
    portal,
    'Message sent',
    html`
${crumbs(portal)}
<article>
<h1>Your message has arrived</h1>
<p class="lead">We answer by mail, to the address you gave.</p>
<p><a href="${homeOf(portal.brand)}">Back to the help</a></p>
</article>`,
  )

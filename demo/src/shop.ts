import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { STOPS, type Stop } from '@beckon/bench'
import { html, literal, type Markup } from './html.ts'

export type ShopOptions = {
  name: string
  port: number
  /** Accent colour of the pages; the live chat link has its own. */
  accent: string
  snippet: { script: string; siteKey: string }
  /** Leave the snippet out on paths that begin so: pages Beckon must not see. */
  untracked?: string
}

type Person = { name: string; email: string }

const FACTS = [
  'Frame from recycled 6061 aluminium, painted in Ostrava.',
  'Delivered in 3 to 5 days, assembled to the last bolt.',
  'Thirty days to ride it and send it back.',
  'Two years of free adjustments in any of our workshops.',
] as const

/** A small shop on plain HTTP: its own program on its own origin, like any site with the snippet. */
export function openShop(options: ShopOptions): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(options, request, response)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve(server))
  })
}

async function answer(options: ShopOptions, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://shop.invalid')
  if (request.method === 'POST') {
    const form = new URLSearchParams(await body(request))
    const person = { name: form.get('name') ?? '', email: form.get('email') ?? '' }
    const cookie =
      url.pathname === '/account/leave'
        ? 'person=; Max-Age=0; Path=/'
        : `person=${encodeURIComponent(JSON.stringify(person))}; Path=/; SameSite=Lax`
    response.writeHead(303, {
      location: url.pathname === '/account/leave' ? '/?left=1' : '/account',
      'set-cookie': cookie,
    })
    response.end()
    return
  }
  const person = personOf(request)
  const stop =
    STOPS.find((entry) => entry.path === url.pathname + url.search) ??
    STOPS.find((entry) => entry.path === url.pathname)
  const tracked = !(options.untracked && url.pathname.startsWith(options.untracked))
  const left = url.searchParams.has('left')
  const content =
    url.pathname === '/account'
      ? account(person)
      : stop
        ? product(stop)
        : url.pathname === '/imprint'
          ? imprint()
          : undefined
  response.writeHead(content ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
  const title = url.pathname === '/account' ? 'Your account' : (stop?.title ?? 'Imprint')
  response.end(
    page({
      options,
      title,
      content: content ?? html`<h1>This page is out for a ride</h1>`,
      person,
      tracked,
      left,
    }).text,
  )
}

async function body(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > 10_000) break
  }
  return text
}

function personOf(request: IncomingMessage): Person | undefined {
  const found = /(?:^|; )person=([^;]*)/.exec(request.headers.cookie ?? '')
  try {
    return found?.[1] ? (JSON.parse(decodeURIComponent(found[1])) as Person) : undefined
  } catch {
    return undefined
  }
}

const product = (stop: Stop) => html`
  <h1>${stop.title}</h1>
  <div class="two">
    <div class="picture" aria-hidden="true"></div>
    <div>
      <p class="price">from 1,290 €</p>
      <ul>${FACTS.map((fact) => html`<li>${fact}</li>`)}</ul>
      <p class="buttons"><a class="button" href="/basket">Into the basket</a> <a href="/help/sizes">Which size?</a></p>
    </div>
  </div>
  <h2>Go on</h2>
  <p class="links">${stop.next.map((path) => html`<a href="${path}">${STOPS.find((entry) => entry.path === path)?.title ?? path}</a> `)}</p>`

const account = (person: Person | undefined) =>
  person
    ? html`<h1>Hello ${person.name}</h1><p>You are signed in as ${person.email}.</p>
        <form method="post" action="/account/leave"><button class="button">Sign out</button></form>`
    : html`<h1>Sign in</h1>
        <form method="post" action="/account">
          <label>Name <input name="name" required autocomplete="name"></label>
          <label>Email <input name="email" type="email" required autocomplete="email"></label>
          <button class="button">Sign in</button>
        </form>`

const imprint = () =>
  html`<h1>Imprint</h1><p>This page carries no snippet: whoever reads it is nobody’s visitor.</p>`

type Drawing = {
  options: ShopOptions
  title: string
  content: Markup
  person: Person | undefined
  tracked: boolean
  left: boolean
}

const page = ({ options, title, content, person, tracked, left }: Drawing) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
  :root { --accent: ${options.accent}; color-scheme: light }
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.55 Georgia, 'Liberation Serif', serif; color: #22201c; background: #fbfaf7 }
  header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; padding: 20px 5vw; border-bottom: 1px solid #e4e0d8 }
  header b { font-size: 22px; color: var(--accent); margin-inline-end: auto }
  a { color: inherit } header a { text-decoration: none }
  main { max-width: 1040px; margin: 0 auto; padding: 40px 5vw 120px }
  h1 { font-size: clamp(28px, 5vw, 44px); line-height: 1.1; margin: 0 0 24px }
  .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 32px }
  .picture { min-height: 260px; border-radius: 6px; background: linear-gradient(135deg, #e9e4d8, #cfd8cf 60%, var(--accent)) }
  .price { font-size: 24px; margin: 0 }
  .button { font: inherit; background: var(--accent); color: #fff; border: 0; border-radius: 6px; padding: 10px 18px; text-decoration: none; cursor: pointer }
  .links a { display: inline-block; margin: 0 16px 8px 0 }
  label { display: block; margin: 0 0 12px } input { font: inherit; display: block; padding: 8px 10px; width: min(360px, 100%) }
  footer { padding: 24px 5vw; border-top: 1px solid #e4e0d8; color: #6d675e; font-size: 14px }
</style>
${tracked ? html`<script async src="${options.snippet.script}" data-site="${options.snippet.siteKey}"></script>` : ''}
${tracked && person ? html`<script>(window.beckon = window.beckon || []).push(['identify', ${literal({ name: person.name, email: person.email })}])</script>` : ''}
${tracked && left ? html`<script>(window.beckon = window.beckon || []).push(['identify', null])</script>` : ''}
</head>
<body>
<header><b>${options.name}</b>
  <a href="/">Home</a><a href="/bikes/gravel">Gravel</a><a href="/bikes/kids">Kids</a><a href="/sale">Sale</a><a href="/help/delivery">Help</a>
  <a href="/basket">Basket</a><a href="/account">${person ? person.name : 'Sign in'}</a>
</header>
<main>${content}</main>
<footer>${options.name} is a pretend shop for trying Beckon. <a href="/imprint">Imprint</a> (not tracked)</footer>
</body>
</html>`

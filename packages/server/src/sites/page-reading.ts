import type { PageCheck } from '@beckon/protocol'
import type { Fetched } from '../outbound/outbound.ts'
import { policiesOf } from './content-policy.ts'
import { attributeOf, tagsNamed, withoutComments } from './tags.ts'

type Causes = PageCheck['causes']
type Tag = { src: string; site: string | undefined; nonce: boolean; pending: boolean }

const SHOWN = 200
const TAG_MANAGERS = /googletagmanager\.com|\/\/tags\.tiqcdn\.com|assets\.adobedtm\.com|matomo\.js/i

/** What in a page, as the server got it, keeps its visitors from showing up (W18). */
export function readPage(page: Fetched, site: { key: string; base: string }): Causes {
  if (page.status >= 400) return [{ cause: 'error_page', detail: String(page.status) }]
  const type = String(page.headers['content-type'] ?? 'text/html')
  if (page.headers['content-encoding'] || !/html/i.test(type)) {
    return [{ cause: 'not_a_page', detail: type.slice(0, SHOWN) }]
  }
  const html = withoutComments(page.body)
  const tags = tagsIn(html, page.url)
  const tag = tags.find((one) => one.site === site.key) ?? tags[0]
  const managed = TAG_MANAGERS.test(html)
  const causes: Causes = []
  // Made by a script of the page: all that can be read is that it is ours.
  const made = !tag && html.includes('/beckon.js') && html.includes(site.key)
  if (tag) causes.push(...faultsOf(tag, page.url, site))
  else if (!made) causes.push({ cause: managed ? 'tag_manager' : 'no_snippet' })
  // A tag manager's tag cannot be read here, but the policy holds for it all the same.
  if (tag || made || managed) causes.push(...policyFaults(page, html, tag, site.base))
  return causes
}

function faultsOf(tag: Tag, pageUrl: string, site: { key: string; base: string }): Causes {
  const causes: Causes = []
  const server = new URL(tag.src).origin
  if (pageUrl.startsWith('https:') && tag.src.startsWith('http:') && !isLoopback(tag.src)) {
    causes.push({ cause: 'mixed_content', detail: server })
  } else if (server !== new URL(site.base).origin) {
    causes.push({ cause: 'other_server', detail: server.slice(0, SHOWN) })
  }
  if (tag.site !== site.key) {
    causes.push({ cause: 'wrong_key', detail: (tag.site ?? '').slice(0, SHOWN) })
  }
  if (tag.pending) causes.push({ cause: 'consent_pending' })
  return causes
}

function policyFaults(page: Fetched, html: string, tag: Tag | undefined, base: string): Causes {
  const self = new URL(page.url)
  const script = new URL('/beckon.js', base)
  const socket = new URL('/ws/visitor', base)
  socket.protocol = socket.protocol.replace('http', 'ws')
  const causes: Causes = []
  for (const policy of policiesOf(page.headers['content-security-policy'], html)) {
    const verdict = policy.script(script, self)
    if (verdict === 'nonce' && !tag?.nonce) causes.push({ cause: 'policy_nonce' })
    if (verdict === 'no') causes.push({ cause: 'policy_script' })
    // Without WebSocket the script goes over plain HTTP, so one of both is enough.
    const connects = policy.connect(socket, self) || policy.connect(script, self)
    if (!connects) causes.push({ cause: 'policy_connect' })
  }
  return causes.filter((one, at) => causes.findIndex(({ cause }) => cause === one.cause) === at)
}

/** Script tags that are ours by their file or by their key. */
function tagsIn(html: string, pageUrl: string): Tag[] {
  const tags: Tag[] = []
  for (const whole of tagsNamed(html, 'script')) {
    const src = attributeOf(whole, 'src')
    if (!src || !URL.canParse(src, pageUrl)) continue
    const url = new URL(src, pageUrl)
    const site = attributeOf(whole, 'data-site')
    if (!url.pathname.endsWith('/beckon.js')) continue
    tags.push({
      src: url.href,
      site,
      nonce: attributeOf(whole, 'nonce') !== undefined,
      pending: attributeOf(whole, 'data-consent') === 'pending',
    })
  }
  return tags
}

const isLoopback = (url: string): boolean => /^http:\/\/(localhost|127\.|\[::1\])/.test(url)

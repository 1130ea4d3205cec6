import type { PageCause } from '@beckon/protocol'
import { policyLine } from './site-checks.ts'

type Found = { cause: PageCause; detail?: string }
/** One sentence of what is wrong, one of what mends it, and what a click or a copy does. */
export type PageWords = { text: string; allow?: string; line?: string }

export function pageWords({ cause, detail = '' }: Found, publicUrl: string): PageWords {
  const words: Record<PageCause, PageWords> = {
    bad_address: { text: 'This is no address of a page. Type one that begins with https://.' },
    not_public: {
      text: 'The address lies inside a private network, where Beckon does not look. Open the page in your browser instead.',
    },
    port_closed: {
      text: 'Beckon looks only at the usual ports of websites, 80 and 443. Open the page in your browser instead.',
    },
    unknown_host: { text: 'There is no website of this name. Look for a typing error.' },
    not_answering: { text: 'The website does not answer. See whether it is running.' },
    certificate: {
      text: 'The certificate of the website is not valid, so browsers warn of it, too. Renew it.',
    },
    slow: { text: 'The page took longer than 5 seconds. Try again, or try a smaller page.' },
    too_many_redirects: { text: 'The address leads on more than three times. Type the last one.' },
    error_page: { text: `The website answers with error ${detail}. Try a page that exists.` },
    not_a_page: { text: 'This is no HTML page. Try another address of the website.' },
    other_origin: {
      text: `The address leads on to ${detail}, which is not allowed.`,
      allow: detail,
    },
    no_snippet: {
      text: 'The snippet is not in this page. Paste it before </head>, and empty the website’s cache if it has one.',
    },
    tag_manager: {
      text: 'The snippet is not in this page, but a tag manager is. See whether its tag is published and fires on this page.',
    },
    wrong_key: {
      text: detail
        ? `The snippet in this page has another key, “${detail}”. Copy the snippet above again.`
        : 'The snippet in this page has no key of this site. Copy the snippet above again.',
    },
    other_server: {
      text: `The snippet in this page loads Beckon from ${detail}. Copy the snippet above again.`,
    },
    mixed_content: {
      text: 'The page is secure and the snippet loads over http, so browsers refuse it. Give Beckon an https address and copy the snippet again.',
    },
    consent_pending: {
      text: 'The snippet waits for consent: nobody shows up before the page calls beckon.consent().',
    },
    policy_script: {
      text: 'The page’s security policy does not let the script load. Add this to the policy:',
      line: policyLine(publicUrl),
    },
    policy_nonce: {
      text: 'The page’s security policy asks for a nonce. Put nonce="…" with the value of the page into the snippet.',
    },
    policy_connect: {
      text: 'The page’s security policy does not let the script connect. Add this to the policy:',
      line: policyLine(publicUrl),
    },
  }
  return words[cause]
}

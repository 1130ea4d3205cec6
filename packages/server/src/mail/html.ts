import { type Letter, type LetterPart, withoutControls } from './letter.ts'

/*
 * The letter as simple HTML that old mail programs read too: no style sheet, no picture, nothing
 * that is fetched. Also what a transcript is when it is saved as a page.
 */

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/i
const GREY = 'color:#5b6472'
const P = 'margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere'

export const htmlOf = ({ title, parts, language = 'en' }: Letter): string =>
  `<!doctype html>
<html lang="${escaped(language)}" dir="${RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:600px;margin:0 auto">
<h1 style="font-size:18px;line-height:1.35;margin:0 0 16px" dir="auto">${escaped(title)}</h1>
${parts.map(markup).join('\n')}
</div>
</body></html>
`

function markup(one: LetterPart): string {
  switch (one.part) {
    case 'text':
      return `<p style="${P}" dir="auto">${escaped(one.text)}</p>`
    case 'quote':
      return `<blockquote style="${P};padding-inline-start:12px;border-inline-start:3px solid #c9ced6" dir="auto">${escaped(one.text)}</blockquote>`
    case 'link':
      return `<p style="${P}"><a href="${escaped(webAddress(one.url))}">${escaped(one.text)}</a></p>`
    case 'facts':
      return `<table role="presentation" style="margin:0 0 16px;border-collapse:collapse">${one.facts.map(fact).join('')}</table>`
    case 'said':
      return `<p style="margin:0;${GREY};font-size:13px" dir="auto"><strong>${escaped(one.who)}</strong> ${escaped(one.at)}</p>
<p style="${P}" dir="auto">${escaped(one.text)}</p>`
    case 'note':
      return `<p style="${P};${GREY};font-size:13px" dir="auto">${escaped(one.text)}</p>`
  }
}

const fact = ([label, value]: readonly [string, string]): string =>
  `<tr><td style="padding:2px 0;padding-inline-end:12px;vertical-align:top;${GREY}">${escaped(label)}</td><td style="padding:2px 0;overflow-wrap:anywhere" dir="auto">${escaped(value)}</td></tr>`

/** A letter is made by us, but what it says need not be. */
function webAddress(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error('A link in a letter must go to a web page.')
  }
  return url
}

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string =>
  withoutControls(text).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

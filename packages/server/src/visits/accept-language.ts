/** Nobody reads more languages than that. */
const MOST = 20
const LONGEST = 35

/** What a browser asks for, most wanted first. It may say anything. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',', MOST)
    .map((one) => {
      const [language = '', ...more] = one.split(';').map((part) => part.trim())
      const q = more.find((part) => /^q=/i.test(part))?.slice(2) ?? '1'
      return { language: language.slice(0, LONGEST), q: Number.parseFloat(q) }
    })
    .filter(({ language, q }) => language !== '' && language !== '*' && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ language }) => language)
}

import type { Choice } from '../parts/select.tsx'

const CODES = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'en-GB',
  'es',
  'et',
  'fi',
  'fr',
  'he',
  'hr',
  'hu',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'sk',
  'sl',
  'sv',
  'tr',
  'uk',
  'zh',
]

/** Languages by name, with the present one even if it is not among the usual. */
export function languageChoices(present: string): Choice[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  const codes = CODES.includes(present) ? CODES : [present, ...CODES]
  return codes
    .map((value) => ({ value, label: nameOf(names, value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

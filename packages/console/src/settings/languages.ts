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

const NAMES = new Intl.DisplayNames(['en'], { type: 'language' })

/** Languages by name, with the present one even if it is not among the usual. */
export function languageChoices(present: string): Choice[] {
  const codes = CODES.includes(present) ? CODES : [present, ...CODES]
  return codes
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

export function languageName(code: string): string {
  try {
    return NAMES.of(code) ?? code
  } catch {
    return code
  }
}

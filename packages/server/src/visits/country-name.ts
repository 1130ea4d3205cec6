const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Asked of every visit that changes: looked up once for each of the few codes there are. */
const known = new Map<string, string | undefined>()

/** English name of a country; undefined for what is no country's code. */
export function countryName(code: string | undefined): string | undefined {
  if (!code || !/^[A-Z]{2}$/.test(code)) return undefined
  if (!known.has(code)) known.set(code, names.of(code))
  return known.get(code)
}

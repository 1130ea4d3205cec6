/**
 * Addresses of pages as agents may see and we may keep them (T29): no fragment, no user, only the
 * query keys that describe a page, and nothing that looks like an e-mail address or a secret.
 */
const KEPT_KEYS = new Set(
  (
    'q query s search keyword keywords term p page id pid product product_id item item_id sku ' +
    'variant category cat collection brand color colour size sort order filter tab view section ' +
    'lang language locale hl country currency ref source topic article post slug plan tier step ' +
    'from to date year month type style tag'
  ).split(' '),
)
/** Whether a query key may be kept, written in small letters. */
export type KeptKeys = (key: string) => boolean

const usual: KeptKeys = (key) => KEPT_KEYS.has(key) || /^utm_[a-z]{1,20}$/.test(key)

const ofSites = new WeakMap<object, KeptKeys>()

/** The keys that a site keeps: its own list, in which `*` stands for any ending, or the usual ones. */
export function keptKeysOf(site: { readonly queryKeys: readonly string[] | null }): KeptKeys {
  if (site.queryKeys === null) return usual
  const known = ofSites.get(site)
  if (known) return known
  const whole = new Set(site.queryKeys)
  const beginnings = site.queryKeys
    .filter((key) => key.endsWith('*'))
    .map((key) => key.slice(0, -1))
  const kept: KeptKeys = (key) =>
    whole.has(key) || beginnings.some((beginning) => key.startsWith(beginning))
  ofSites.set(site, kept)
  return kept
}

const MARK = '…'
const EMAIL = /[^\s/?&=:;,@]{1,64}(?:@|%40)[^\s/?&=:;,@]{1,190}\.[a-z]{2,24}/gi
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const JWT = /eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g
const RUN = /[A-Za-z0-9_+=~]{20,}|[A-Za-z0-9_-]{32,}/g
/** After these words a path's next part is a secret, however short. */
const SECRET_PATH =
  /(\/(?:reset|reset-password|password-reset|verify|confirm|activate|activation|invite|unsubscribe|magic|token|auth|session|sid|otp|key)\/)[^/?#]{6,}/gi
/** Nothing here needs a closer look: the common case costs one pass. */
const PLAIN = /^https?:\/\/[a-z0-9.:[\]-]+(?:\/[A-Za-z0-9._-]{0,19})*$/

export function scrubUrl(address: string, kept: KeptKeys = usual): string {
  if (PLAIN.test(address) && !SECRET_PATH.test(address)) return address
  SECRET_PATH.lastIndex = 0
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return ''
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return ''
  const query: string[] = []
  for (const [key, value] of url.searchParams) {
    const name = key.toLowerCase()
    if (!kept(name)) continue
    query.push(
      `${encodeURIComponent(name)}=${encodeURIComponent(scrubText(value)).replaceAll('%E2%80%A6', MARK)}`,
    )
  }
  const path = scrubText(url.pathname.replace(SECRET_PATH, `$1${MARK}`))
  return `${url.origin}${path}${query.length ? `?${query.join('&')}` : ''}`
}

/** Free text with e-mail addresses and long tokens masked. */
export function scrubText(text: string): string {
  if (text.length < 6) return text
  return text
    .replace(EMAIL, MARK)
    .replace(UUID, MARK)
    .replace(JWT, MARK)
    .replace(RUN, (run) => (looksSecret(run) ? MARK : run))
}

/** Words and slugs stay; runs that mix digits into letters like a generated value go. */
function looksSecret(run: string): boolean {
  if (/^\d+$/.test(run)) return run.length >= 24
  const bare = run.replaceAll(/[-_]/g, '')
  const digits = bare.replaceAll(/\D/g, '').length
  const mixedCase = /[a-z][A-Z][a-z]*[A-Z]|[A-Z]{2}[a-z]+[A-Z]/.test(run)
  const parts = run.split(/[-_]/)
  const slug =
    parts.length > 2 &&
    parts.every((part) => /^[A-Za-z]+$|^\d{1,8}$|^[A-Za-z]{1,12}\d{1,4}$/.test(part))
  return !slug && (digits >= 3 || mixedCase || /[+=~]/.test(run))
}

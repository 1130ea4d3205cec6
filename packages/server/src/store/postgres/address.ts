/** `sslmode`s that `pg` treats as `verify-full` and warns about, because that may change one day. */
const VERIFIED = ['prefer', 'require', 'verify-ca']

/**
 * DATABASE_URL as the driver takes it. Whoever asks for TLS gets a certificate that is checked;
 * `sslmode=no-verify` is the way out, and `uselibpqcompat=true` the way of libpq.
 */
export function connectionString(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const { searchParams: given } = url
  const asked = given.get('sslmode') ?? ''
  if (!VERIFIED.includes(asked) || given.get('uselibpqcompat') === 'true') return databaseUrl
  given.set('sslmode', 'verify-full')
  return url.href
}

/** Where it is, in words for people: never the password. */
export function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname, searchParams: given } = new URL(databaseUrl)
  const host = given.get('host') ?? (decodeURIComponent(hostname) || 'localhost')
  const name = decodeURIComponent(pathname.slice(1)) || 'the default database'
  return `${name} on ${host}${port ? `:${port}` : ''}`
}

/** What no waiting will put right, without the password; undefined where it may help. */
export function startFault(error: unknown, redisUrl: string): string | undefined {
  const message = error instanceof Error ? error.message : ''
  const place = new URL(redisUrl).host
  if (/WRONGPASS|NOAUTH|invalid (username|password)|AUTH <password>/i.test(message)) {
    return `Redis refuses the name or password for ${place}: ${message}. Check REDIS_URL.`
  }
  if (/NOPERM/.test(message)) {
    return `The account in REDIS_URL may not do what Beckon needs at ${place}: ${message}. See docs/operating.md for its rights.`
  }
  if (/certificate|self.signed|SSL|TLS/i.test(message)) {
    return `No safe connection to Redis at ${place}: ${message}. Name the server's authority with NODE_EXTRA_CA_CERTS=FILE.`
  }
  return undefined
}

import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * An authority of its own for a test file, and a certificate by it for servers of this machine: made
 * when the test runs, good for a day.
 */

const NOBODY = 65_534

export function makeCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-tls-'))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    ...['req', '-x509', ...key, '-days', '1', '-subj', '/CN=An authority for tests'],
    ...['-keyout', file('ca.key'), '-out', file('ca.pem')],
  )
  openssl(
    ...['req', ...key, '-subj', '/CN=localhost'],
    ...['-keyout', file('server.key'), '-out', file('server.csr')],
  )
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  openssl(
    ...['x509', '-req', '-in', file('server.csr'), '-days', '1', '-extfile', file('names')],
    ...['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'],
    ...['-out', file('server.pem')],
  )
  // PostgreSQL runs as nobody where tests run as root, and reads no key that others may read.
  chmodSync(folder, 0o755)
  chmodSync(file('server.key'), 0o600)
  if (process.getuid?.() === 0) chownSync(file('server.key'), NOBODY, NOBODY)
  return {
    authority: file('ca.pem'),
    certificate: file('server.pem'),
    key: file('server.key'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newToken } from '../ids.ts'
import { Refusal } from '../refusal.ts'

/*
 * Secrets that must be read again are sealed with a key that is not in the database (T15), so that
 * a copy of the database alone is worth nothing: AES-256-GCM, bound to whom the secret is about, so
 * that rows cannot be swapped. The first key seals; older ones only open.
 */

export type Seals = {
  seal(text: string, about: string): string
  /** Undefined when no key here opens it. */
  open(sealed: string, about: string): string | undefined
  /** Whether the first key sealed it. */
  isCurrent(sealed: string): boolean
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Characters of a key, wherever it comes from. */
const SHORTEST_KEY = 32

type Key = { name: string; bytes: Buffer }

const keyOf = (text: string): Key => {
  const bytes = Buffer.from(hkdfSync('sha256', text, '', 'beckon sealed secrets', 32))
  return { name: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
}

/** Keys are asked for at first use: an installation without sealed secrets needs none. */
export function createSeals(texts: () => readonly string[]): Seals {
  let known: Key[] | undefined
  const keys = (): Key[] => {
    known ??= texts().map(keyOf)
    return known
  }
  return {
    seal(text, about) {
      const [key] = keys()
      if (!key) throw new Error('There is no key to seal secrets with.')
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key.bytes, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const whole = Buffer.concat([nonce, cipher.getAuthTag(), sealed])
      return `${key.name}.${whole.toString('base64url')}`
    },
    open(sealed, about) {
      const [name, text = ''] = sealed.split('.')
      const key = keys().find((one) => one.name === name)
      if (!key) return undefined
      const whole = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv(ALGORITHM, key.bytes, whole.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(about))
        .setAuthTag(whole.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      try {
        const rest = whole.subarray(NONCE_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
    isCurrent: (sealed) => sealed.split('.')[0] === keys()[0]?.name,
  }
}

/** The keys of the settings, or one of this installation's own in its data folder. */
export const sealKeys =
  (settings: {
    secretKey?: readonly string[] | undefined
    redisUrl?: string | undefined
    dataDir: string
  }) =>
  (): readonly string[] => {
    if (settings.secretKey) return settings.secretKey
    // Each server has a folder of its own: what one seals, no other could open.
    if (settings.redisUrl === undefined) return [keyInFolder(settings.dataDir)]
    throw new Refusal(
      'not_allowed',
      'Several servers share this database. Set BECKON_SECRET_KEY on each of them first.',
    )
  }

function keyInFolder(folder: string): string {
  const file = join(folder, 'secret.key')
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(file, newToken(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = readFileSync(file, 'utf8').trim()
  if (key.length < SHORTEST_KEY)
    throw new Error(`${file} holds no key. Put the one back that was there.`)
  return key
}

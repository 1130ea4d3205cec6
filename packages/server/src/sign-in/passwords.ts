import { cpus } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { newToken } from '../ids.ts'
import { createTurns } from './turns.ts'

/*
 * argon2id at OWASP's figures (T16). Each check takes 19 MiB and a core for some 20 ms off the
 * main thread: at most two run at once, the rest wait their turn, and past a bound they are told
 * to come back, so that a flood of guesses takes nothing from the visitors.
 */

// `Algorithm.Argon2id` is a const enum the compiler cannot see into with isolated modules.
const ARGON2ID = 2
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = Math.min(2, cpus().length)
/** About two seconds of work. */
const WAITING = 200

export type Passwords = {
  hash(password: string): Promise<string>
  /** With no hash (an unknown account) it takes as long and says no. */
  matches(password: string, phc: string | undefined): Promise<boolean>
}

export function createPasswords(): Passwords {
  const turns = createTurns({ atOnce: AT_ONCE, waiting: WAITING })
  let dummy: Promise<string> | undefined
  return {
    hash: (password) => turns.take(() => hash(password, COST)),
    async matches(password, phc) {
      dummy ??= turns.take(() => hash(newToken(), COST))
      // An account that was invited and has none yet holds an empty one.
      const known = phc || (await dummy)
      const same = await turns.take(() => verify(known, password))
      return same && Boolean(phc)
    },
  }
}

const COMMON = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'iloveyou',
  'administrator',
  'changeme',
  'abcdefghijklmnop',
  'correcthorsebatterystaple',
  'beckon',
]

/**
 * Why a password of allowed length is no good, as a sentence, or undefined (T16). Length does most
 * of the work; what is left is a word everybody tries, repeated or counted up to that length.
 */
export function weakness(
  password: string,
  person: { email: string; name: string },
): string | undefined {
  const plain = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const without = [...COMMON, ...ownWords(person)].reduce(
    (left, word) => left.replaceAll(word, ''),
    plain,
  )
  if (new Set(plain).size >= 5 && !isRun(without) && without.length >= 4) return undefined
  return 'That password is easy to guess. Use several words that do not belong together.'
}

const ownWords = ({ email, name }: { email: string; name: string }): string[] =>
  [...email.toLowerCase().split(/[@.]/), ...name.toLowerCase().split(/\s+/)].filter(
    (word) => word.length >= 4,
  )

/** 1234567890…, abcdefg… and zyxw…: every step the same. */
function isRun(text: string): boolean {
  if (text.length < 4) return true
  const steps = [...text].slice(1).map((letter, i) => letter.charCodeAt(0) - text.charCodeAt(i))
  const odd = steps.filter((step) => step !== steps[0] && Math.abs(step) !== 9).length
  return odd === 0
}

import ipaddr from 'ipaddr.js'
import { readAddress } from '../mail/address.ts'

/*
 * How each kind of setting is read from text. A parser throws what is expected, as the end of the
 * sentence “PORT must be …”.
 */

export class Expected extends Error {}

export type Parse<T> = (text: string) => T

export const text: Parse<string> = (value) => value

export const port: Parse<number> = (value) => {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new Expected('a port from 0 to 65535 (0 takes any free one)')
  }
  return Number(value)
}

/** Fractions are for tests and demonstrations that cannot wait. */
export const duration: Parse<number> = (value) => {
  const amount = Number(value)
  if (!/^\d+(\.\d+)?$/.test(value) || amount <= 0 || amount > 1_000_000) {
    throw new Expected('a number greater than 0')
  }
  return amount
}

/** DESIGN §8: at most a year. */
export const keptDays: Parse<number> = (value) => {
  if (!/^\d{1,3}$/.test(value) || Number(value) > 365) {
    throw new Expected('a whole number of days from 0 to 365')
  }
  return Number(value)
}

/** An office shares one address; what has no limit at all is an open door. */
export const connections: Parse<number> = (value) => {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new Expected('a whole number from 1 to 99999')
  return Number(value)
}

export const keptLong: Parse<number> = (value) => {
  if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > 3650) {
    throw new Expected('a whole number of days from 1 to 3650')
  }
  return Number(value)
}

export const yesOrNo: Parse<boolean> = (value) => {
  if (/^(true|yes|on|1)$/i.test(value)) return true
  if (/^(false|no|off|0)$/i.test(value)) return false
  throw new Expected('true or false')
}

/** The first seals; the others only open what they have sealed. */
export const secretKeys: Parse<readonly string[]> = (value) => {
  const keys = value.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) {
    throw new Expected('at least 32 characters; several keys are divided by commas')
  }
  return keys
}

export const oneOf =
  <const T extends string>(...words: readonly T[]): Parse<T> =>
  (value) => {
    const found = words.find((word) => word === value.toLowerCase())
    if (!found) throw new Expected(`one of ${words.join(', ')}`)
    return found
  }

export const urlOf =
  (...schemes: readonly string[]): Parse<string> =>
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (!url?.hostname || !schemes.includes(url.protocol.slice(0, -1))) {
      throw new Expected(`a URL that begins with ${schemes.map((one) => `${one}://`).join(' or ')}`)
    }
    return value
  }

/** A socket in a folder has no host: postgres:///beckon?host=/var/run/postgresql. */
export const databaseUrl: Parse<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (
    !url ||
    !/^postgres(ql)?:$/.test(url.protocol) ||
    !(url.hostname || url.searchParams.get('host'))
  ) {
    throw new Expected('a URL that begins with postgres:// or postgresql://')
  }
  return value
}

/** Scheme, name and port, nothing behind: it is compared with what browsers send as Origin. */
export const origin: Parse<string> = (value) => {
  const url = new URL(urlOf('http', 'https')(value))
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Expected('only scheme, name and port, like https://chat.example.com')
  }
  return url.origin
}

export const email: Parse<string> = (value) => {
  if (!/^[^@\s]+@[^@\s]+$/.test(value) || value.length > 254) throw new Expected('an email address')
  return value.toLowerCase()
}

/** An address, or a name and an address: it becomes a header of every mail. */
export const mailSender: Parse<string> = (value) => {
  const address = /^[^<>]*<([^<>]+)>$/.exec(value)?.[1] ?? value
  if (/\p{Cc}/u.test(value) || value.length > 300 || !readAddress(address)) {
    throw new Expected('an email address, like Beckon <chat@example.com>')
  }
  return value
}

export const password: Parse<string> = (value) => {
  if (value.length < 15 || value.length > 200) throw new Expected('15 to 200 characters long')
  return value
}

export const proxies: Parse<string> = (value) => {
  if (/^\d{1,2}$/.test(value)) return value
  for (const part of value.split(/[\s,]+/).filter(Boolean)) {
    if (part === 'loopback' || part === 'private') continue
    if (!ipaddr.isValid(part) && !ipaddr.isValidCIDR(part)) {
      throw new Expected('a number of proxies, or a list of addresses and CIDR ranges')
    }
  }
  return value
}

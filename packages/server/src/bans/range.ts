import ipaddr from 'ipaddr.js'
import { Refusal } from '../refusal.ts'

/** One address or a block of them, in canonical text: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/64`. */
export type Range = { readonly text: string; holds(address: string): boolean }

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** A slip of the hand must not shut out half a country. */
const WIDEST = { ipv4: 16, ipv6: 32 } as const
/** A household has this much of IPv6, and its devices move about in it. */
const HOUSEHOLD = 64

/** What a manager wrote, or a refusal that says how it is written. */
export function readRange(text: string): Range {
  const range = rangeOf(text)
  if (!range) {
    throw new Refusal(
      'bad_input',
      'Write one address, such as 203.0.113.7, or a range, such as 203.0.113.0/24 or 2001:db8::/48.',
    )
  }
  const widest = WIDEST[range.base.kind()]
  if (range.bits < widest) {
    throw new Refusal('bad_input', `This is too many addresses. The widest range is /${widest}.`)
  }
  return rangeFrom(range)
}

/** What is stored; nothing where it cannot be read, so that one bad row bans nobody. */
export function storedRange(text: string | null): Range | undefined {
  const range = text === null ? undefined : rangeOf(text)
  return range && rangeFrom(range)
}

type Block = { base: Address; bits: number }

function rangeOf(text: string): Block | undefined {
  const [written = '', length, ...more] = text.trim().split('/')
  const address = addressOf(written)
  if (!address || more.length > 0) return undefined
  const whole = address.kind() === 'ipv4' ? 32 : 128
  if (length === undefined) return block(address, whole === 32 ? 32 : HOUSEHOLD)
  if (!/^\d{1,3}$/.test(length)) return undefined
  // A range of IPv4 addresses written as IPv6 counts its bits from further left.
  const bits = Number(length) - (whole === 32 && written.includes(':') ? 96 : 0)
  return bits >= 0 && bits <= whole ? block(address, bits) : undefined
}

function block(address: Address, bits: number): Block {
  const cidr = `${address.toString()}/${bits}`
  const base =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr)
  return { base, bits }
}

function rangeFrom({ base, bits }: Block): Range {
  const alone = base.kind() === 'ipv4' && bits === 32
  return {
    text: alone ? base.toString() : `${base.toString()}/${bits}`,
    holds(text) {
      const address = addressOf(text)
      return address?.kind() === base.kind() && address.match(base as never, bits)
    },
  }
}

/** Four decimal parts or IPv6, nothing older; IPv4 inside IPv6 is IPv4. */
function addressOf(text: string): Address | undefined {
  const plain = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
  return plain && !text.includes('%') ? ipaddr.process(text) : undefined
}

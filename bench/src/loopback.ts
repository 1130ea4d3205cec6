/*
 * On Linux every address of 127.0.0.0/8 is this machine. With many of them one machine can be more
 * clients than one address has ports, and stays below what a server allows a single address.
 */

/** A server lets 50 connections of one address onto a site. */
const PER_ADDRESS = 40
const LAST = 250

/** The loopback address of the n-th client: 127.0.x.y, forty clients each. */
export function loopbackOf(place: number): string {
  const address = Math.floor(place / PER_ADDRESS)
  return `127.0.${1 + Math.floor(address / LAST)}.${1 + (address % LAST)}`
}

/** Elsewhere only 127.0.0.1 is set up, and IPv6 has a single loopback address anywhere. */
export const hasManyLoopbacks = process.platform === 'linux'

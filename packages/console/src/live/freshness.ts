/**
 * How old what the screen shows is, in the words of the pill (UI §4.3). Pure: ages come in, a
 * verdict goes out, so that every live screen says the same thing about the same silence.
 */
export type Freshness =
  | { kind: 'connecting'; label: string }
  | { kind: 'live'; label: string }
  | { kind: 'busy'; label: string }
  | { kind: 'old'; label: string }
  | { kind: 'stale'; label: string; ageMs: number }
  | { kind: 'offline'; label: string }

export type FreshnessFacts = {
  connected: boolean
  /** False until the first welcome of this page. */
  everConnected: boolean
  /** Whether the browser believes in a network at all. */
  network: boolean
  /** Since the last frame from the server. */
  ageMs: number
  /** How far apart the server sends frames; 250 normally. */
  intervalMs: number
}

// The table says 2 s, and the server's beat comes after 2 s of quiet: without the half second for
// the way, a perfectly healthy quiet list would blink amber between beats.
const LIVE_FOR = 2_500
const STALE_AFTER = 10_000
const BUSY_FROM = 1_000

export function freshnessOf(facts: FreshnessFacts): Freshness {
  if (!facts.network) return { kind: 'offline', label: 'Offline' }
  if (!facts.everConnected) return { kind: 'connecting', label: 'Connecting…' }
  const label = `${Math.max(1, Math.round(facts.ageMs / 1000))} s old`
  if (!facts.connected || facts.ageMs > STALE_AFTER) {
    return { kind: 'stale', label, ageMs: facts.ageMs }
  }
  if (facts.intervalMs >= BUSY_FROM && facts.ageMs <= facts.intervalMs + LIVE_FOR) {
    return { kind: 'busy', label: `Every ${Math.round(facts.intervalMs / 1000)} s, busy` }
  }
  if (facts.ageMs > LIVE_FOR) return { kind: 'old', label }
  return { kind: 'live', label: `Live · ${(facts.ageMs / 1000).toFixed(1)} s` }
}

/** Whether the screen must mark what it shows as old (bar, ink instead of colour). */
export const isOld = (freshness: Freshness): boolean =>
  freshness.kind === 'stale' || freshness.kind === 'offline'

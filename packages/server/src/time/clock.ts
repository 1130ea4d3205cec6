import type { Timestamp } from '@beckon/protocol'

/** The only door to time. Nothing outside this folder calls Date.now or setTimeout. */
export type Clock = {
  now(): Timestamp
  /** Runs `work` once after `ms`; the result cancels it. Never keeps the process alive. */
  after(ms: number, work: () => void): () => void
  /** Runs `work` every `ms` until cancelled. Never keeps the process alive. */
  every(ms: number, work: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  every(ms, work) {
    const timer = setInterval(work, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}

export const seconds = (n: number): number => n * 1_000
export const minutes = (n: number): number => n * 60_000
export const days = (n: number): number => n * 86_400_000

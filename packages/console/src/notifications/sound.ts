import type { NewsKind } from '@beckon/protocol'

/** Notes in hertz, one after the other: words are one soft sign, a visitor two, a long queue three. */
const TUNES: Record<NewsKind, readonly number[]> = {
  message: [880],
  whisper: [880],
  assigned: [659, 988],
  accepted: [659, 988],
  queued: [784, 587],
  alert: [784, 784, 988],
}
const NOTE_S = 0.13
const LOUD = 0.12

let player: AudioContext | undefined

/** Made here, so nothing is fetched. Silent until the page was touched once: browsers want it so. */
export function playTune(kind: NewsKind): void {
  if (!navigator.userActivation?.hasBeenActive) return
  player ??= new AudioContext()
  void player.resume()
  for (const [at, pitch] of TUNES[kind].entries()) note(player, pitch, at * NOTE_S)
}

function note(context: AudioContext, pitch: number, after: number): void {
  const from = context.currentTime + 0.02 + after
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(LOUD, from + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S * 2)
  tone.connect(volume).connect(context.destination)
  tone.start(from)
  tone.stop(from + NOTE_S * 2)
}

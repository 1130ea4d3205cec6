import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { createSeals, sealKeys } from './seals.ts'
import { newTotpSecret, stepOf, totpAddress } from './totp.ts'

const NOW = 1_700_000_010_000
const secret = newTotpSecret()
const codeAt = (at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

describe('T15 codes', () => {
  test('T15 a code is good in its step and in the ones beside it, and nowhere else', () => {
    const step = Math.floor(NOW / 30_000)
    for (const off of [-1, 0, 1])
      expect(stepOf(secret, codeAt(NOW + off * 30_000), NOW)).toBe(step + off)
    for (const off of [-10, -2, 2, 10])
      expect(stepOf(secret, codeAt(NOW + off * 30_000), NOW)).toBeUndefined()
  })

  test('T15 spaces are how people type them; anything else is no code', () => {
    const code = codeAt(NOW)
    expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, NOW)).toBeDefined()
    for (const wrong of ['', '12345', `${code}0`, 'abcdef', `${code}\u0000`, '１２３４５６'])
      expect(stepOf(secret, wrong, NOW)).toBeUndefined()
  })

  test('T15 the address says whose code it is, to any app', () => {
    const address = totpAddress({ secret, issuer: 'Ridge & Co', label: 'ana@ridge.example' })
    expect(address).toMatch(/^otpauth:\/\/totp\/Ridge%20%26%20Co:ana%40ridge\.example\?/)
    expect(new URL(address).searchParams.get('secret')).toBe(secret)
  })
})

describe('T15 sealed secrets', () => {
  const [old, next] = ['o'.repeat(32), 'n'.repeat(32)]
  const seals = createSeals(() => [old])

  test('T15 what is sealed does not show, differs each time, and opens for its owner only', () => {
    const one = seals.seal(secret, 'ada')
    expect(one).not.toContain(secret)
    expect(seals.seal(secret, 'ada')).not.toBe(one)
    expect(seals.open(one, 'ada')).toBe(secret)
    expect(seals.open(one, 'otto')).toBeUndefined()
    expect(createSeals(() => [next]).open(one, 'ada')).toBeUndefined()
    expect(seals.open(`${one.slice(0, -4)}AAAA`, 'ada')).toBeUndefined()
    expect(seals.open('nonsense', 'ada')).toBeUndefined()
  })

  test('T15 without one in the settings, a key is made once that only the server reads', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'beckon-key-'))
    const [key] = sealKeys({ dataDir })()
    expect(key).toHaveLength(43)
    expect(sealKeys({ dataDir })()).toEqual([key])
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
    // One that was lost half-way seals nothing.
    writeFileSync(join(dataDir, 'secret.key'), '')
    expect(() => sealKeys({ dataDir })()).toThrow('holds no key')
    rmSync(dataDir, { recursive: true })
    // Several servers would each make their own.
    expect(() => sealKeys({ dataDir, redisUrl: 'redis://x' })()).toThrow('BECKON_SECRET_KEY')
    expect(sealKeys({ dataDir, redisUrl: 'redis://x', secretKey: [old] })()).toEqual([old])
  })

  test('T15 a new key takes over, and the old one still opens', () => {
    const sealed = seals.seal(secret, 'ada')
    const both = createSeals(() => [next, old])
    expect(both.open(sealed, 'ada')).toBe(secret)
    expect(both.isCurrent(sealed)).toBe(false)
    const again = both.seal(secret, 'ada')
    expect(both.isCurrent(again)).toBe(true)
    expect(createSeals(() => [next]).open(again, 'ada')).toBe(secret)
  })
})

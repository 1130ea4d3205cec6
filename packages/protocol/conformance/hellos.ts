import { describe, expect, test } from 'vitest'
import { CLOSE } from '../src/codes.ts'
import { PROTOCOL_VERSION } from '../src/limits.ts'
import type { Callers } from './callers.ts'

/** Who is let in, and as whom. */
export function hellos({ target, dial, knock, hello, aPage, visitor }: Callers): void {
  describe('hello', () => {
    test('a visitor is welcomed with the version, the time, a visit, a token and a look', async () => {
      const { welcome } = await visitor()
      expect(welcome).toMatchObject({ v: PROTOCOL_VERSION, privacy: 'returning' })
      expect(welcome.now).toBeTypeOf('number')
      expect(welcome.visit).toMatch(/^[0-9A-Za-z_-]{8,64}$/)
      expect(welcome.token).toMatch(/^[0-9A-Za-z_-]{43,128}$/)
      expect(welcome.look).toMatchObject({ launcher: expect.any(Boolean) })
    })

    test('the same token is the same visit, and no new token comes', async () => {
      const { welcome } = await visitor()
      const again = await visitor({ token: welcome.token })
      expect(again.welcome.visit).toBe(welcome.visit)
      expect(again.welcome.token).toBeUndefined()
    })

    test('a token that the page made is taken, and said twice it is one visitor', async () => {
      const numbers = crypto.getRandomValues(new Uint32Array(8))
      const newToken = numbers.map((number) => number | 0x8000_0000).join('-')
      const { welcome } = await visitor({ newToken })
      const again = await visitor({ newToken })
      expect(welcome.token).toBe(newToken)
      expect(again.welcome.visit).toBe(welcome.visit)
    })

    test('at the level of presence there is no token', async () => {
      const { welcome } = await visitor({ privacy: 'presence' })
      expect(welcome.privacy).toBe('presence')
      expect(welcome.token).toBeUndefined()
    })

    const badHellos: [string, () => object | string, string, number][] = [
      ['no hello', () => ({ type: 'page', page: aPage('Early') }), 'bad_input', CLOSE.no_hello],
      ['no JSON', () => '{', 'bad_input', CLOSE.no_hello],
      ['a field too many', () => hello({ admin: true }), 'bad_input', CLOSE.no_hello],
      ['another version', () => hello({ v: 9_999 }), 'unsupported_version', CLOSE.bad_frame],
      ['an unknown site', () => hello({ site: 'no-such-key' }), 'not_found', CLOSE.site_refused],
    ]
    test.each(badHellos)('%s is refused by name and closed', async (_name, frame, code, close) => {
      const wire = await knock()
      wire.say(frame())
      expect(await wire.next('refused')).toMatchObject({ code, message: expect.any(String) })
      expect(await wire.closed()).toBe(close)
    })

    test('a website that is not allowed is refused', async () => {
      const wire = await knock('https://not-allowed.example')
      wire.say(hello())
      expect(await wire.next('refused')).toMatchObject({ code: 'origin_refused' })
      expect(await wire.closed()).toBe(CLOSE.site_refused)
    })

    test('a console without a sign-in is closed with the code for it', async () => {
      const wire = await dial('/ws/agent', { origin: target().url })
      expect(await wire.closed()).toBe(CLOSE.signed_out)
    })

    test('a console on a foreign origin is not let in', async () => {
      const headers = { origin: 'https://evil.example', cookie: target().agentCookie }
      await expect(dial('/ws/agent', headers)).rejects.toThrow('403')
    })

    test('a console of another version is refused and closed', async () => {
      const wire = await dial('/ws/agent', { origin: target().url, cookie: target().agentCookie })
      wire.say({ type: 'hello', v: 9_999 })
      expect(await wire.next('refused')).toMatchObject({ code: 'unsupported_version' })
      expect(await wire.closed()).toBe(CLOSE.bad_frame)
    })
  })
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurationPage, helpText } from './document.ts'
import { withEnvFile } from './env-file.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

describe('settings', () => {
  test('nothing has to be set', () => {
    expect(readSettings({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      dataDir: './data',
      publicUrl: undefined,
      invitationSeconds: 120,
      expireMinutes: 10,
      idleMinutes: 15,
      keepWhileReading: true,
      logLevel: 'info',
    })
  })

  test('an empty value is as good as none', () => {
    expect(readSettings({ PORT: '', BECKON_PUBLIC_URL: ' ' })).toMatchObject({
      port: 4000,
      publicUrl: undefined,
    })
  })

  test.each([
    [{ PORT: 'http' }, 'PORT must be a port from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a port'],
    [{ BECKON_IDLE_MINUTES: '-1' }, 'BECKON_IDLE_MINUTES must be a number greater than 0'],
    [{ BECKON_IDLE_MINUTES: '1e3' }, 'BECKON_IDLE_MINUTES must be'],
    [{ BECKON_KEEP_WHILE_READING: 'maybe' }, 'must be true or false'],
    [{ BECKON_PUBLIC_URL: 'chat.example.com' }, 'http:// or https://'],
    [{ BECKON_PUBLIC_URL: 'https://example.com/chat' }, 'only scheme, name and port'],
    [{ BECKON_SITE_URL: 'javascript:alert(1)' }, 'BECKON_SITE_URL must be a URL'],
    [{ BECKON_TRUST_PROXY: '10.0.0.0/33' }, 'CIDR'],
    [{ BECKON_LOG_LEVEL: 'loud' }, 'one of error, warn'],
    [{ BECKON_KEEP_DAYS: '366' }, 'days from 0 to 365'],
    [{ DATABASE_URL: 'mysql://x' }, 'postgres://'],
    [{ DATABASE_URL: 'postgres:///nowhere' }, 'postgres://'],
    [{ BECKON_ADMIN_EMAIL: 'a@b.c' }, 'belong together'],
    [{ BECKON_ADMIN_EMAIL: 'a@b.c', BECKON_ADMIN_PASSWORD: 'short' }, '15 to 200 characters'],
    [{ HOST: '0.0.0.0' }, 'set BECKON_PUBLIC_URL'],
    [{ REDIS_URL: 'redis://x' }, 'DATABASE_URL as well'],
  ])('a bad value stops the start with a sentence: %j', (env, sentence) => {
    expect(() => readSettings(env)).toThrow(sentence)
  })

  test('an unknown BECKON_ name stops the start and names the one that was meant', () => {
    expect(() => readSettings({ BECKON_PUBLICURL: 'https://x.y' })).toThrow(
      'Did you mean BECKON_PUBLIC_URL?',
    )
    expect(() => readSettings({ BECKON_COFFEE: '1' })).toThrow('There is no setting BECKON_COFFEE.')
  })

  test('every fault is told at once', () => {
    expect(() => readSettings({ PORT: 'x', BECKON_COFFEE: '1' })).toThrow(/COFFEE.*\n.*PORT/)
  })

  test('T35 a fault does not repeat the value, which may be a secret', () => {
    const env = { BECKON_ADMIN_EMAIL: 'a@b.c', BECKON_ADMIN_PASSWORD: 'hunter2' }
    expect(() => readSettings(env)).toThrow(/^(?!.*hunter2)/s)
    try {
      readSettings(env)
    } catch (error) {
      expect(String(error)).not.toContain('hunter2')
    }
  })

  test('a non-loopback HOST is fine with a public URL, of which only the origin is kept', () => {
    const settings = readSettings({
      HOST: '0.0.0.0',
      BECKON_PUBLIC_URL: 'https://Chat.Example.com/',
    })
    expect(settings.publicUrl).toBe('https://chat.example.com')
  })

  test('the environment wins over the .env file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beckon-'))
    await writeFile(join(folder, '.env'), 'PORT=5000\n# note\nHOST="localhost"\n')
    expect(await withEnvFile({ PORT: '6000' }, folder)).toEqual({ PORT: '6000', HOST: 'localhost' })
    await rm(folder, { recursive: true })
    expect(await withEnvFile({ PORT: '6000' }, folder)).toEqual({ PORT: '6000' })
  })

  test('docs/configuration.md is what the table says (npx vitest run settings -u writes it)', async () => {
    await expect(configurationPage()).toMatchFileSnapshot('../../../../docs/configuration.md')
  })

  test('help and the page in docs name every setting', () => {
    for (const { env } of Object.values(table)) {
      expect(configurationPage()).toContain(`| \`${env}\` |`)
      expect(helpText()).toContain(`  ${env} (`)
    }
  })
})

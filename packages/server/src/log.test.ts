import { describe, expect, test } from 'vitest'
import { createLog } from './log.ts'

function logInto(lines: string[]) {
  return createLog({ level: 'info', to: { write: (line: string) => void lines.push(line) } })
}

describe('the log', () => {
  test('T35 tokens, passwords and cookies are not written, wherever they stand', () => {
    const lines: string[] = []
    const canaries = [
      'password',
      'passwordHash',
      'token',
      'token_hash',
      'cookie',
      'authorization',
      'code',
    ]
    for (const name of canaries) {
      const secret = { [name]: `canary-${name}` }
      logInto(lines).info({ ...secret, request: { ...secret, headers: secret } }, 'happened')
    }
    expect(lines).toHaveLength(canaries.length)
    expect(lines.join('')).not.toContain('canary')
    expect(lines.join('')).toContain('[removed]')
  })

  test('T35 what a visitor wrote cannot begin a line of its own', () => {
    const lines: string[] = []
    const hostile = 'a\r\n{"level":"error"}\u001b[31m\u2028'
    logInto(lines).info({ url: hostile }, 'happened')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      message: 'happened',
      url: hostile,
    })
  })

  test('T35 an error is told by name, code, message and place, without what it carries', () => {
    const lines: string[] = []
    const error = Object.assign(new Error('no'), {
      code: 'E_NO',
      parameters: ['canary'],
      headers: 'canary',
    })
    logInto(lines).error({ err: error }, 'failed')
    const { err } = JSON.parse(lines[0] ?? '')
    expect(err).toMatchObject({ name: 'Error', message: 'no', errorCode: 'E_NO' })
    expect(lines[0]).not.toContain('canary')
  })
})

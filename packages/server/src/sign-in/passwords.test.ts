import { describe, expect, test } from 'vitest'
import { createPasswords, weakness } from './passwords.ts'

const PASSWORD = 'otter canal violin seven'

describe('T16 passwords', () => {
  test('T16 are argon2id at 19 MiB, two passes, one lane', async () => {
    expect(await createPasswords().hash(PASSWORD)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('T16 at most two are checked at once, and past a bound the rest are told to come back', async () => {
    const passwords = createPasswords()
    const started = await Promise.allSettled(Array.from({ length: 260 }, () => passwords.hash('x')))
    const refused = started.filter((one) => one.status === 'rejected')
    expect(refused.length).toBe(260 - 200 - 2)
    expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'try_again' })
    expect(await passwords.hash('x')).toContain('argon2id')
  })

  const person = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' }
  for (const weak of [
    'aaaaaaaaaaaaaaaaaaaa',
    'passwordpassword',
    'password password 1',
    '123456789012345',
    'abababababababab',
    'lovelacelovelace',
    'qwertyuiopqwertyuiop',
    'correct horse battery staple',
    'beckonbeckonbeckon',
  ]) {
    test(`T16 “${weak}” is easy to guess`, () =>
      expect(weakness(weak, person)).toBeTypeOf('string'))
  }
  for (const fine of [
    PASSWORD,
    'tr0ub4dor&3-and-more',
    'münchen regen fahrrad',
    'x8$kQ!2mVz&7pLw@',
    '日本語のとても長い合い言葉です',
  ]) {
    test(`T16 “${fine}” is taken`, () => expect(weakness(fine, person)).toBeUndefined())
  }
})

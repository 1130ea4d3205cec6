import type { VisitorId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { identityOf, storedIdentity } from './identity.ts'

const visitorId = '0197c5d2-8f4e-7a3b-9c1d-2e3f4a5b4f2a' as VisitorId
const all = {
  displayName: 'Marta',
  username: 'marta7',
  email: 'm@example.com',
  ip: '198.51.100.7',
  visitorId,
}

describe('the identity ladder', () => {
  test('S19 S20 the display name names a visitor', () => {
    expect(identityOf(all)).toEqual({
      rung: 'displayname',
      text: 'Marta',
      verified: false,
      next: 'marta7',
    })
  })
  test('S19 S20 else the username', () => {
    expect(identityOf({ ...all, displayName: undefined })).toMatchObject({
      rung: 'username',
      text: 'marta7',
      next: 'm@example.com',
    })
  })
  test('S19 S20 else the e-mail address', () => {
    expect(identityOf({ email: all.email, ip: all.ip, visitorId })).toMatchObject({
      rung: 'email',
      text: all.email,
      next: all.ip,
    })
  })
  test('T34 a name that cannot be seen names nobody, and none turns the words beside it around', () => {
    expect(identityOf({ ...all, displayName: '\u200b\ufeff \u2060' })).toMatchObject({
      rung: 'username',
      text: 'marta7',
    })
    expect(identityOf({ ...all, displayName: '\u202eatraM\u202c', username: '\u2066' })).toEqual({
      rung: 'displayname',
      text: 'atraM',
      verified: false,
      next: 'm@example.com',
    })
    expect(identityOf({ ...all, displayName: '\nMarta\r\nDepartment: Sales\u2028' }).text).toBe(
      'Marta Department: Sales',
    )
    const family = '👩\u200d👧 می\u200cخواهم'
    expect(identityOf({ ...all, displayName: family }).text).toBe(family)
  })
  test('S19 S20 else the IP address', () => {
    expect(identityOf({ ip: all.ip, visitorId })).toEqual({
      rung: 'ip',
      text: all.ip,
      next: 'Visitor 4F2A',
      verified: false,
    })
  })
  test('S19 S20 else a code', () => {
    expect(identityOf({ visitorId })).toEqual({
      rung: 'code',
      text: 'Visitor 4F2A',
      verified: false,
    })
  })
  test('S19 blank names are no names', () => {
    expect(identityOf({ ...all, displayName: '  ', username: '' }).rung).toBe('email')
  })
})

describe('T28 what may be written down of who a visitor is', () => {
  const bare = { ip: all.ip, visitorId, who: identityOf({ ip: all.ip, visitorId }) }
  const named = { ...bare, who: identityOf({ ...all, username: undefined, email: undefined }) }

  test('T28 the address is kept as the site keeps addresses; without a whole one the code stands in', () => {
    expect(storedIdentity(bare, 'full').text).toBe('198.51.100.7')
    expect(storedIdentity(bare, 'masked')).toEqual({
      rung: 'code',
      text: 'Visitor 4F2A',
      next: '198.51.0.0',
      verified: false,
    })
    expect(storedIdentity(bare, 'none')).toEqual({
      rung: 'code',
      text: 'Visitor 4F2A',
      verified: false,
    })
  })
  test('T28 so is an address that stands beside a name', () => {
    expect(named.who.next).toBe('198.51.100.7')
    expect(storedIdentity(named, 'masked')).toMatchObject({ text: 'Marta', next: '198.51.0.0' })
    expect(storedIdentity(named, 'none')).toEqual({
      rung: 'displayname',
      text: 'Marta',
      verified: false,
    })
  })
  test('names are written down as they are', () => {
    const row = { ...bare, who: identityOf(all) }
    expect(storedIdentity(row, 'none')).toEqual(row.who)
  })
})

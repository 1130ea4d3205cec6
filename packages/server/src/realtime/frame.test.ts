import { VisitorFrame } from '@beckon/protocol'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { Bucket } from './bucket.ts'
import { readFrame } from './frame.ts'

describe('frames as they come in', () => {
  test('T24 deeper than 8 is no frame of ours', () => {
    expect(readFrame('['.repeat(8) + ']'.repeat(8))).toBeDefined()
    expect(readFrame('['.repeat(9) + ']'.repeat(9))).toBeUndefined()
    expect(readFrame('['.repeat(5_000))).toBeUndefined()
    expect(readFrame('{"a":'.repeat(5_000))).toBeUndefined()
  })
  test('T24 brackets inside text are text, and many shallow ones are fine', () => {
    expect(readFrame(JSON.stringify({ title: '[[[[[[[[[[{{{{{{{{{{\\"' }))).toEqual({
      title: '[[[[[[[[[[{{{{{{{{{{\\"',
    })
    expect(readFrame(JSON.stringify(Array.from({ length: 50 }, () => [1])))).toHaveLength(50)
  })
  test('T24 NUL is left out and half characters are replaced', () => {
    expect(readFrame('{"a":"x\\u0000y\\ud800z","b":["\\u0000"]}')).toEqual({
      a: 'xy\ufffdz',
      b: [''],
    })
    expect(readFrame('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '😀' })
  })
  test('T24 any text: a value or undefined, never a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 12 })), (text) => void readFrame(text)),
      { numRuns: 5_000 },
    )
  })
  test('T25 no key reaches Object.prototype, and odd keys are refused', () => {
    const frames = Compile(VisitorFrame)
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      for (const escaped of [key, `\\u0000${key}`]) {
        const text = `{"type":"attention","visible":true,"focused":true,"${escaped}":{"polluted":true}}`
        expect(frames.Check(readFrame(text))).toBe(false)
      }
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('the bucket', () => {
  test('T21 60 at once, then 20 a second', () => {
    const bucket = new Bucket(0)
    const taken = (at: number, tries: number) =>
      Array.from({ length: tries }, () => bucket.take(at)).filter(Boolean).length
    expect(taken(0, 100)).toBe(60)
    expect(taken(1_000, 100)).toBe(20)
    expect(taken(60_000, 100)).toBe(60)
    expect(taken(0, 5)).toBe(0)
  })
})

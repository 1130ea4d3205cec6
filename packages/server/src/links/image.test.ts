import { expect, test } from 'vitest'
import { imageFacts } from './image.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', '').padEnd(64, '0'), 'hex')

test.each([
  ['PNG', '89504e470d0a1a0a 0000000d 49484452 00000040 00000020', 'image/png', 64, 32],
  ['GIF', '474946383961 4000 2000', 'image/gif', 64, 32],
  ['JPEG', 'ffd8 ffe0 0004 0000 ffc2 0011 08 0020 0040', 'image/jpeg', 64, 32],
  [
    'WebP lossy',
    '52494646 00000000 57454250 56503820 00000000 0000009d012a 4000 2000',
    'image/webp',
    64,
    32,
  ],
  [
    'WebP lossless',
    '52494646 00000000 57454250 5650384c 00000000 2f 3fc00700',
    'image/webp',
    64,
    32,
  ],
  [
    'WebP extended',
    '52494646 00000000 57454250 56503858 00000000 00000000 3f0000 1f0000',
    'image/webp',
    64,
    32,
  ],
])('C1 a picture is known by what stands in it: %s', (_, hex, type, width, height) => {
  expect(imageFacts(bytes(hex))).toEqual({ type, width, height })
})

test.each([
  [
    'SVG, which is a document',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  ],
  ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(80))],
  ['nothing', Buffer.alloc(0)],
  ['a beginning only', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['no size', bytes('474946383961 0000 0000')],
  ['a JPEG whose segments lead out of it', bytes('ffd8 ffe0 ffff')],
  ['a WebP of no kind', bytes('52494646 00000000 57454250 41414141')],
])('T9 what is no picture is refused: %s', (_, file) => {
  expect(imageFacts(file)).toBeUndefined()
})

/*
 * What a picture is, by what stands in it and never by what it is called. No SVG: it is a document
 * that can hold scripts, and pictures are served from our own origin.
 */

export type ImageFacts = { type: string; width: number; height: number }

type Reader = (bytes: Buffer) => Omit<ImageFacts, 'type'> | undefined

const KINDS: readonly { type: string; is(bytes: Buffer): boolean; size: Reader }[] = [
  {
    type: 'image/png',
    is: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    size: (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
  },
  {
    type: 'image/gif',
    is: (bytes) => /^GIF8[79]a/.test(text(bytes, 0, 6)),
    size: (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
  },
  {
    type: 'image/jpeg',
    is: (bytes) => bytes.readUInt32BE(0) >>> 8 === 0xffd8ff,
    size: jpegSize,
  },
  {
    type: 'image/webp',
    is: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP',
    size: webpSize,
  },
]

/** undefined: not a picture that browsers of any age can be trusted to show. */
export function imageFacts(bytes: Buffer): ImageFacts | undefined {
  // Every format has its size within the first bytes, or is cut off.
  if (bytes.length < 32) return undefined
  const kind = KINDS.find(({ is }) => is(bytes))
  const size = kind?.size(bytes)
  return kind && size && size.width > 0 && size.height > 0
    ? { type: kind.type, ...size }
    : undefined
}

/** Segments follow each other; the first frame header has the size. */
function jpegSize(bytes: Buffer): ReturnType<Reader> {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** Lossy, lossless and extended, each with its own way to write it. */
function webpSize(bytes: Buffer): ReturnType<Reader> {
  switch (text(bytes, 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}

const text = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeyAnswer, PasskeyMade } from '@beckon/protocol'

/*
 * A passkey made of software: what a phone or a security key answers, with every part open to be
 * made wrong.
 */

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

/** As much CBOR as it takes: numbers, texts, bytes and maps. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  if (value instanceof Map) {
    const parts = [...value].flatMap(([key, item]) => [cbor(key), cbor(item as never)])
    return Buffer.concat([head(5, value.size), ...parts])
  }
  return Buffer.concat([head(2, value.length), value])
}

type Asked = { challenge: string; user?: { id: string } }
type Lies = Partial<{
  origin: string
  rpId: string
  /** Present 1, verified 4. */
  flags: number
  counter: number
  userHandle: string
  type: string
}>

export type SoftPasskey = ReturnType<typeof softPasskey>

export function softPasskey(home: { origin: string; rpId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0
  let handle = ''

  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authenticatorData = (lies: Lies, more: Buffer[] = [], attested = 0) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(lies.counter ?? ++counter)
    const flags = Buffer.from([(lies.flags ?? 0b101) | attested])
    return Buffer.concat([sha256(lies.rpId ?? home.rpId), flags, count, ...more])
  }

  return {
    id: b64(id),
    make(options: Asked, lies: Lies = {}): PasskeyMade {
      handle = options.user?.id ?? ''
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      const length = Buffer.from([0, id.length])
      const data = authenticatorData(lies, [Buffer.alloc(16), length, id, cbor(key)], 0x40)
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ])
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        response: {
          clientDataJSON: b64(
            clientData(
              lies.type ?? 'webauthn.create',
              options.challenge,
              lies.origin ?? home.origin,
            ),
          ),
          attestationObject: b64(cbor(attestation)),
          transports: ['internal'],
        },
      }
    },
    answer(options: Asked, lies: Lies = {}): PasskeyAnswer {
      const client = clientData(
        lies.type ?? 'webauthn.get',
        options.challenge,
        lies.origin ?? home.origin,
      )
      const data = authenticatorData(lies)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        response: {
          authenticatorData: b64(data),
          clientDataJSON: b64(client),
          signature: b64(signature),
          userHandle: lies.userHandle ?? handle,
        },
      }
    },
  }
}

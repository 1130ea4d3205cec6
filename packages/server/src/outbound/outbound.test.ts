import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reachOf } from './address.ts'
import { createOutbound, OutboundFault } from './outbound.ts'
import { policyFor } from './policy.ts'

/** A canary on loopback: whoever reaches it has got past the guard. */
let canary: Server
let port: number
let reached: string[] = []
let answer: (path: string) => { status?: number; location?: string; body?: string; hang?: boolean }

beforeAll(async () => {
  canary = createServer((request, response) => {
    reached.push(`${request.headers.host}${request.url}`)
    const { status = 200, location, body = 'canary', hang } = answer(request.url ?? '')
    if (hang) return
    response.writeHead(status, location ? { location } : {}).end(body)
  })
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => {
  canary.closeAllConnections()
  canary.close()
})
beforeEach(() => {
  reached = []
  answer = () => ({})
})

const faultOf = async (url: string, outbound = outside()) => {
  try {
    await outbound.get(url)
    return 'reached'
  } catch (error) {
    return error instanceof OutboundFault ? error.code : error
  }
}
/** As on a public host, but with the canary's port open: only the address protects it. */
const outside = (names: Record<string, string[]> = {}) =>
  createOutbound({
    policy: () => ({ loopback: false, ports: ['80', '443', String(port)] }),
    resolve: async (host) => names[host.replace(/\.$/, '')] ?? Promise.reject(new Error('none')),
  })
/** As on this machine. */
const inside = (names: Record<string, string[]> = {}, ms = 5_000, bytes = 1024 * 1024) =>
  createOutbound({
    policy: () => ({ loopback: true, ports: ['80', '443', String(port)] }),
    resolve: async (host) => names[host] ?? ['127.0.0.1'],
    limits: { ms, bytes, redirects: 3 },
  })

/** Ways to write addresses that are nobody's business. */
const LOOPBACK_FORMS = [
  '127.0.0.1 127.1 127.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.1.',
  '0x7f.0x0.0x0.0x1 127.255.255.254 127.000.000.001 0x7F.0.0.1 0300.0250.0.1 3232235521',
  '[::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::]',
  '[2001:0:7f00:1::] [::ffff:0:127.0.0.1] [::] [0::] 0.0.0.0 0 0.1 00000000 0x0 %31%32%37.0.0.1',
  '１２７.0.0.1 ①②⑦.0.0.1 127。0。0。1 ⓪x7f.1',
].flatMap((line) => line.split(' '))
const INSIDE_FORMS = [
  '10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 169.254.169.254',
  '169.254.0.1 0xa9fea9fe 2852039166 0251.0376.0251.0376 100.64.0.1 100.127.255.255 198.18.0.1',
  '198.19.255.255 192.0.0.1 192.0.0.170 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250',
  '240.0.0.1 255.255.255.255 192.88.99.1 [fe80::1] [febf::1] [fc00::1] [fd00::1] [fdff:ffff::1]',
  '[fec0::1] [ff02::1] [ff0e::1] [2001:db8::1] [2002:a00:1::] [2002:c0a8:1::1] [2001:0:a00:1::1]',
  '[::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [::ffff:192.168.0.1] [64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe]',
  '[fd00:ec2::254] [100::1] [::10.0.0.1] [::ffff:0:10.0.0.1] [2001:10::1] [2001:2::1] [3fff::1]',
].flatMap((line) => line.split(' '))
const NAMES: Record<string, string[]> = {
  localhost: ['127.0.0.1'],
  'localtest.me': ['127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'mixed-first.example': ['127.0.0.1', '93.184.216.34'],
  'metadata.google.internal': ['169.254.169.254'],
  'private.example': ['10.1.2.3'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'zone.example': ['fe80::1%eth0'],
  'nothing.example': [],
  'odd.example': ['not an address'],
}
const BAD_URLS = [
  'ftp://127.0.0.1/ file:///etc/passwd gopher://127.0.0.1:70/ javascript:alert(1) data:text/html,x',
  'http://user@127.0.0.1/ http://user:secret@shop.example/ https://shop.example@127.0.0.1/ http:///',
  'http://shop.example:22/ http://shop.example:25/ http://shop.example:6379/ https://shop.example:8443/',
  'http://shop.example:0/ http://shop.example:65536/ http://[::1 http://[fe80::1%25eth0]/ http://',
  'http://%00/ blob:http://127.0.0.1/x ws://127.0.0.1/ about:blank unix:/var/run/docker.sock //127.0.0.1/',
].flatMap((line) => line.split(' '))

describe('T10 what somebody typed', () => {
  const forms = [...LOOPBACK_FORMS, ...INSIDE_FORMS, ...Object.keys(NAMES)]
  const urls = [
    ...forms.map((form) => `http://${form}:PORT/`),
    ...['localhost.', 'LOCALHOST', 'LocalTest.me', 'mapped.example.'].map(
      (n) => `http://${n}:PORT/`,
    ),
    ...['127.0.0.1', '[::ffff:127.0.0.1]', 'localhost', '2130706433'].flatMap((form) => [
      `https://${form}:PORT/`,
      `http:\\\\${form}:PORT\\`,
      `http:/${form}:PORT/`,
      `HTTP://${form}:PORT/`,
      ` http://${form}:PORT/ `,
      `http://${form}:PORT/?a#b`,
      `http://shop.example@${form}:PORT/`,
    ]),
    ...BAD_URLS,
  ]

  test(`T10 ${urls.length} forms of addresses never reach the canary`, async () => {
    expect(urls.length).toBeGreaterThanOrEqual(150)
    const through: string[] = []
    for (const url of urls) {
      const outbound = outside({ ...NAMES, 'shop.example': ['127.0.0.1'] })
      const fault = await faultOf(url.replace('PORT', String(port)), outbound)
      if (!['not_public', 'bad_address', 'port_closed', 'unknown_host'].includes(fault as string)) {
        through.push(`${url}: ${fault}`)
      }
    }
    expect(through).toEqual([])
    expect(reached).toEqual([])
  })

  test('T10 loopback is asked only where Beckon itself is on loopback', async () => {
    expect(policyFor('https://chat.example')).toEqual({ loopback: false, ports: ['80', '443'] })
    expect(policyFor('https://chat.example:8443').ports).toEqual(['80', '443'])
    expect(policyFor('http://localhost:4000')).toEqual({
      loopback: true,
      ports: ['80', '443', '4000'],
    })
    expect(await inside().get(`http://localhost:${port}/`)).toMatchObject({ body: 'canary' })
    // Its neighbours in the network stay out of reach all the same.
    expect(await faultOf(`http://10.0.0.1:${port}/`, inside())).toBe('not_public')
    expect(await faultOf('http://169.254.169.254/', inside())).toBe('not_public')
  })

  test('T10 a public address is public', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect(reachOf(address)).toBe('public')
  })
})

describe('T10 on the way', () => {
  test('T10 each of at most three redirects is looked at anew', async () => {
    answer = (path) => {
      const at = Number(path.slice(1))
      return at < 3 ? { status: 302, location: `/${at + 1}` } : { body: 'the end' }
    }
    expect(await inside().get(`http://shop.example:${port}/0`)).toMatchObject({ body: 'the end' })
    answer = (path) => ({ status: 302, location: `/${Number(path.slice(1)) + 1}` })
    expect(await faultOf(`http://shop.example:${port}/0`, inside())).toBe('too_many_redirects')
    for (const location of ['http://169.254.169.254/', 'http://10.0.0.1/', 'http://[fd00::1]/']) {
      answer = () => ({ status: 301, location })
      expect(await faultOf(`http://shop.example:${port}/`, inside())).toBe('not_public')
    }
    answer = () => ({ status: 307, location: 'http://shop.example:22/' })
    expect(await faultOf(`http://shop.example:${port}/`, inside())).toBe('port_closed')
    answer = () => ({ status: 307, location: 'file:///etc/passwd' })
    expect(await faultOf(`http://shop.example:${port}/`, inside())).toBe('bad_address')
  })

  test('T10 a name is resolved once: what it means later does not matter', async () => {
    let asked = 0
    const rebinding = createOutbound({
      policy: () => ({ loopback: true, ports: [String(port)] }),
      resolve: async () => (++asked === 1 ? ['127.0.0.1'] : ['10.0.0.1']),
    })
    await rebinding.get(`http://rebound.example:${port}/`)
    expect(asked).toBe(1)
    expect(reached).toEqual([`rebound.example:${port}/`])
    expect(await faultOf(`http://rebound.example:${port}/`, rebinding)).toBe('not_public')
  })

  test('T10 a page that never comes is given up, a page without end is cut', async () => {
    answer = () => ({ hang: true })
    expect(await faultOf(`http://shop.example:${port}/`, inside({}, 50))).toBe('slow')
    answer = () => ({ body: 'x'.repeat(5_000) })
    const { body } = await inside({}, 5_000, 1_000).get(`http://shop.example:${port}/`)
    expect(body).toHaveLength(1_000)
    expect(await faultOf('http://127.0.0.1:443/', inside())).toBe('not_answering')
  })
})

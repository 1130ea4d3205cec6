import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { openHttp } from './open-http.ts'

/** Writes raw text and answers what came back until the server closed. */
const talk = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.on('data', (data) => {
      heard += data
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', reject)
  })

test('T22 headers get ten seconds, a request thirty, and both are looked at every five', async () => {
  await using scene = await openHttp()
  const { server } = scene.app
  expect(server.headersTimeout).toBe(10_000)
  expect(server.requestTimeout).toBe(30_000)
  expect(server.maxHeadersCount).toBe(64)
})

test('T22 T23 oversized or broken heads are answered and hung up', async () => {
  await using scene = await openHttp()
  const port = Number(new URL(await scene.app.listen({ port: 0, host: '127.0.0.1' })).port)
  const heads = [
    'junk\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(40_000)}\r\n\r\n`,
    'GET / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n',
    'POST /api/v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
  ]
  for (const head of heads) {
    const heard = await talk(port, head)
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(heard).toContain("content-security-policy: default-src 'none'")
    expect(heard).not.toMatch(/node:|\/src\/|Error/)
  }
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/setup`)).status).toBe(200)
})

test('T14 a cookie with a thousand names signs in nobody and breaks nothing', async () => {
  await using scene = await openHttp()
  const cookie = `${Array.from({ length: 300 }, (_, i) => `a${i}=b`).join('; ')}; ${await scene.cookieOf('ada')}`
  expect((await scene.app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(200)
  for (const odd of ['beckon-http', '=', ';;;', 'beckon-http==', '\u00e9=1', 'Beckon-Http=x']) {
    expect(
      (await scene.app.inject({ url: '/api/v1/me', headers: { cookie: odd } })).statusCode,
    ).toBe(401)
  }
})

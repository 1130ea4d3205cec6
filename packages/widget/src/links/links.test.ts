// @vitest-environment happy-dom
import type { LinkFace } from '@beckon/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type FakePort, fakePort } from '../../stories/fake-port.ts'
import { look, style, welcome } from '../../stories/stories.ts'
import { mount } from './links.ts'

const words = { ...style, onlineText: 'Ask us', offlineText: 'Leave a message' }
const face = (type: LinkFace['type'], online = true, more: Partial<LinkFace> = {}): LinkFace => ({
  type,
  look: look({ style: words, online, linkId: 'one' as never }),
  ...more,
})

let port: FakePort
let opened: unknown[][]
beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = ''
  port = fakePort(welcome())
  opened = []
  port.open = (...how) => void opened.push(how)
})
afterEach(() => {
  port.become('stopped')
  vi.useRealTimers()
})

const put = (html: string): HTMLElement => {
  document.body.insertAdjacentHTML('beforeend', html)
  return document.body.lastElementChild as HTMLElement
}
const say = (faces: Record<string, LinkFace>) => port.say({ type: 'links', links: faces })
const click = (element: Element, init: MouseEventInit = {}) =>
  element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))

describe('C1 live chat links on elements', () => {
  test('asks for what is there, and again for what comes later and after a lost connection', async () => {
    put('<p data-beckon-link="one"></p><p data-beckon-link="one"></p>')
    mount(port)
    expect(port.sent).toEqual([{ type: 'links.ask', links: ['one'] }])
    put('<p data-beckon-link="two"></p>')
    await vi.advanceTimersByTimeAsync(300)
    expect(port.sent.at(-1)).toEqual({ type: 'links.ask', links: ['one', 'two'] })
    port.become('lost')
    port.become('open')
    expect(port.sent).toHaveLength(3)
  })

  test('text shows its words for this moment, and the page’s own come back', () => {
    const link = put('<p data-beckon-link="one">Call us</p>')
    mount(port)
    say({ one: face('text') })
    expect(link.textContent).toBe('Ask us')
    expect(link.dataset.beckonState).toBe('online')
    say({ one: face('text', false) })
    expect([link.textContent, link.dataset.beckonState]).toEqual(['Leave a message', 'offline'])
    say({})
    expect(link.outerHTML).toBe('<p data-beckon-link="one">Call us</p>')
  })

  test('what was no button looks like one to who points at it, unless the page has it otherwise', () => {
    const plain = put('<p data-beckon-link="one">Call us</p>')
    const own = put('<p data-beckon-link="one" style="cursor: help">Call us</p>')
    const link = put('<button data-beckon-link="one">Call us</button>')
    mount(port)
    say({ one: face('button') })
    const cursors = () => [plain, own, link].map(({ style }) => style.cursor)
    expect(cursors()).toEqual(['pointer', 'help', ''])
    say({})
    expect(cursors()).toEqual(['', 'help', ''])
  })

  test('a page’s own elements and an element of a button link stay as they are', () => {
    const own = put('<p data-beckon-link="one"><b>Chat</b> now</p>')
    const button = put('<button data-beckon-link="two">Chat</button>')
    mount(port)
    say({ one: face('text'), two: face('button') })
    expect(own.innerHTML).toBe('<b>Chat</b> now')
    expect(button.textContent).toBe('Chat')
    expect(button.hasAttribute('role')).toBe(false)
  })

  test('T4 words are text, whatever stands in them', () => {
    const link = put('<p data-beckon-link="one"></p>')
    mount(port)
    const evil = { ...style, onlineText: '<img src=x onerror=alert(1)>' }
    say({ one: { type: 'text', look: look({ style: evil }) } })
    expect(link.childElementCount).toBe(0)
  })

  test('an image has its size before it has loaded, and words for whoever does not see it', () => {
    const link = put('<p data-beckon-link="one"></p>')
    mount(port)
    say({
      one: face('image', true, { image: { path: '/beckon/image/1', width: 40, height: 20 } }),
    })
    const image = link.querySelector('img')
    expect(image?.getAttribute('src')).toBe(`${location.origin}/beckon/image/1`)
    expect([image?.alt, image?.width, image?.height]).toEqual(['Ask us', 40, 20])
  })

  test('a click opens with the link’s look; with a modifier it is the page’s', () => {
    const link = put('<a href="/elsewhere" data-beckon-link="one"><b>Chat</b></a>')
    mount(port)
    const one = face('button')
    say({ one })
    const inside = link.querySelector('b') as HTMLElement
    expect(click(inside)).toBe(false)
    expect(opened).toEqual([[one.look, link]])
    click(inside, { ctrlKey: true })
    expect(opened).toHaveLength(1)
  })

  test('Q what was no button can be reached and pressed by keyboard', () => {
    const link = put('<p data-beckon-link="one">Chat</p>')
    mount(port)
    say({ one: face('text') })
    expect([link.tabIndex, link.getAttribute('role')]).toEqual([0, 'button'])
    link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    expect(opened).toHaveLength(1)
  })

  test('offline it hides if it says so, and is there again when somebody is', () => {
    const link = put('<p data-beckon-link="one" style="display: flex">Chat</p>')
    mount(port)
    say({ one: face('button', false, { hidden: true }) })
    expect(link.style.display).toBe('none')
    say({ one: face('button') })
    expect(link.style.display).toBe('flex')
  })

  test('offline it leads elsewhere if it says so, and opens nothing', () => {
    const link = put('<p data-beckon-link="one">Chat</p>')
    mount(port)
    const gone = vi.spyOn(location, 'assign').mockImplementation(() => {})
    const away = look({ style, online: false, elsewhere: 'https://shop.example/contact' })
    say({ one: { type: 'text', look: away } })
    click(link)
    expect(gone).toHaveBeenCalledWith('https://shop.example/contact')
    expect(opened).toEqual([])
  })

  test('an element of a link nobody knows is left alone', () => {
    const link = put('<p data-beckon-link="gone">Chat</p>')
    mount(port)
    say({})
    expect(click(link)).toBe(true)
    expect(link.outerHTML).toBe('<p data-beckon-link="gone">Chat</p>')
    expect(opened).toEqual([])
  })
})

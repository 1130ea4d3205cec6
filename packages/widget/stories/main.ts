import { drawCard } from '../src/card/index.ts'
import { mount } from '../src/main.ts'
import { type FakePort, fakePort } from './fake-port.ts'
import { invitation, look, stories, support } from './stories.ts'

/* Development only: one state of the widget per address, `?story=card&dir=rtl&scheme=dark`. */

declare global {
  interface Window {
    port?: FakePort
    handle?: ReturnType<typeof mount>
    ready?: boolean
    /** Mounts the widget as it is shipped, from its built entry. */
    mountBuilt?: (entry: string) => Promise<void>
  }
}

const asked = new URL(location.href).searchParams
const name = asked.get('story') ?? 'launcher'
document.documentElement.dir = asked.get('dir') ?? 'ltr'
document.body.classList.toggle('night', asked.get('scheme') === 'dark')

const list = document.querySelector('#stories')
for (const other of [...Object.keys(stories), 'preview']) {
  const link = document.createElement('a')
  link.href = `?story=${other}`
  link.textContent = other
  list?.append(link, ' ')
}

if (name === 'preview') {
  const { text, agent, groupName, siteName } = invitation()
  const container = document.createElement('div')
  document.querySelector('main')?.append(container)
  drawCard(container, {
    text,
    agent,
    groupName,
    siteName,
    style: look().style,
    scheme: asked.get('scheme') === 'dark' ? 'dark' : 'light',
    phone: asked.has('phone'),
  })
} else {
  const story = stories[name]
  if (story) {
    window.port = fakePort(story.welcome, { departments: [support], ...story })
    window.handle = mount(window.port)
    story.later?.(window.port, window.handle)
  }
}
window.mountBuilt = async (entry) => {
  window.handle?.destroy()
  const built = (await import(entry)) as { mount: typeof mount }
  if (window.port) window.handle = built.mount(window.port)
}
window.ready = true

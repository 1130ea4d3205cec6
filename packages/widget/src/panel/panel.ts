import { createOutbox, leaseLock, newClientId, type Outbox, webLock } from '@beckon/client/outbox'
import type { Look, VisitorChat, VisitorInvitation } from '@beckon/protocol'
import type { Port, PortHappening } from '../../../tracker/src/port.ts'
import { draw } from '../draw.ts'
import { close, type Happen, open } from '../state.ts'
import { addSheet } from '../surface/root.ts'
import { offer, panel } from './faces.ts'
import { countUnread, reopen, takeOver } from './handover.ts'
import { keep, kept } from './kept.ts'
import { linesOf, linesOfReply, type OnTheWay } from './lines.ts'
import { log } from './log.ts'
import { applyPanel, type PanelHappening } from './moves.ts'
import { panelCss } from './panel-css.ts'
import { initialPanel, type PanelEffect, type Starting, unreadOf } from './state.ts'

export type PanelView = {
  look: Look
  /** The chat as last heard of. */
  chat: VisitorChat | undefined
  open: boolean
  phone: boolean
}

export type PanelHandle = {
  update(view: PanelView): void
  /** Takes up what the card left in storage. */
  takeUp(ended?: VisitorInvitation): void
  /** Puts the focus where the visitor goes on. */
  focus(): void
}

export type PanelStage = {
  port: Port
  root: ShadowRoot
  /** Ends it all. */
  signal: AbortSignal
  stage: HTMLElement
  view: PanelView
  /** The invitation that ended over what is in storage. */
  ended: VisitorInvitation | undefined
  /** What launcher and card are to make of it. */
  happen: Happen
}

/** The chat panel, loaded when there is a chat or somebody opens the launcher. */
export function mountPanel({
  port,
  root,
  signal,
  stage,
  view: first,
  ended,
  happen: tell,
}: PanelStage): PanelHandle {
  const { storage } = port
  const owner = newClientId()
  const lock = navigator.locks
    ? webLock(navigator.locks)
    : leaseLock(storage, { timers: port.timers, now: Date.now, owner })
  let view = first
  let outbox: Outbox | undefined
  let boxOf: string | undefined
  let acknowledged: OnTheWay[] = []
  let unread = 0
  let logBox: HTMLElement | undefined
  let state = initialPanel({
    look: view.look,
    chat: view.chat,
    watched: isWatched(),
    ...leftBehind(),
    ended,
  })
  addSheet(root, panelCss)
  // A chat that goes on is what became of it.
  if (!state.starting) keep(port, 'start', undefined)

  function leftBehind() {
    const left = storage.get('left') ?? ''
    let draft = storage.get('draft') ?? ''
    if (!draft.includes(left)) draft = draft ? `${draft}\n${left}` : left
    storage.set('draft', draft || null)
    storage.set('left', null)
    return { draft, starting: kept(port, 'start', isStarting) }
  }

  /** For the next page. */
  function keepOpen(): void {
    storage.set('open', view.open ? '1' : null)
  }

  function isWatched(): boolean {
    return view.open && !document.hidden
  }

  function happen(happening: PanelHappening): void {
    const [next, effects] = applyPanel(state, happening)
    state = next
    followChat()
    show()
    effects.forEach(carryOut)
    const count = state.watched ? 0 : unreadOf(state)
    if (count !== unread) {
      unread = count
      tell(countUnread, count)
    }
  }

  function carryOut(effect: PanelEffect): void {
    switch (effect.do) {
      case 'send':
        port.send(effect.frame)
        break
      case 'keep draft':
        storage.set('draft', effect.text || null)
        break
      case 'keep start':
        keep(port, 'start', effect.starting)
        break
      case 'focus':
        focus()
    }
  }

  /** One outbox per chat; it closes with its chat, and what could not be sent stays to be read. */
  function followChat(): void {
    const id = state.chat?.state === 'ended' ? undefined : state.chat?.id
    if (id !== boxOf) {
      outbox?.close()
      boxOf = id
      outbox = id
        ? createOutbox({
            key: id,
            storage,
            lock,
            timers: port.timers,
            send: (unsent) =>
              port.send({ type: 'message.send', id: unsent.id, chatId: id, text: unsent.text }),
            onChange: () => show(),
          })
        : undefined
      if (state.connected) outbox?.opened()
    }
    const here = state.messages.map(({ clientId }) => clientId)
    outbox?.seen(here)
    acknowledged = acknowledged.filter((one) => !here.includes(one.id))
  }

  function hear(happening: PortHappening): void {
    if (happening.type === 'frame') {
      const { frame } = happening
      if (frame.type === 'done') {
        acknowledged.push(...(outbox?.list ?? []).filter(({ id }) => id === frame.id))
        outbox?.acknowledged(frame.id)
      } else if (frame.type === 'refused' && frame.id) {
        outbox?.refused(frame.id, frame.code, frame.message)
      }
    }
    happen(happening)
    if (happening.type === 'state') {
      if (happening.state === 'open') outbox?.opened()
      else outbox?.lost()
    }
  }

  const doings = {
    type: (field: 'text' | 'name' | 'email', text: string) =>
      happen({ type: 'typed', field, text, now: performance.now() }),
    start: () => happen({ type: 'started', id: newClientId() }),
    send() {
      const text = state.fields.text.trim()
      if (text !== '' && outbox?.add(text)) {
        happen({ type: 'sent' })
        toEnd()
      }
    },
    close: () => tell(close),
    startAnyway() {
      tell(open)
      happen({ type: 'started', id: newClientId() })
    },
    discard: () => happen({ type: 'discarded' }),
    askEnd: (asked: boolean) => happen({ type: 'end asked', asked }),
    end: () => happen({ type: 'ended', id: newClientId() }),
    again: () => happen({ type: 'again' }),
    privacy: () =>
      void import(/* @vite-ignore */ `${port.origin}/beckon/lazy/privacy.js`).then(
        ({ mount }) => mount(port),
        () => {},
      ),
  }

  function show(): void {
    if (!view.open) {
      draw(stage, offer(state, view.phone, doings))
      return
    }
    const atEnd = !logBox || logBox.scrollHeight - logBox.scrollTop - logBox.clientHeight < 40
    draw(stage, panel(state, { phone: view.phone, log: logNow() }, doings))
    if (atEnd) toEnd()
  }

  function logNow() {
    const { chat: talk, messages, typing, connected, starting } = state
    const found = (element: HTMLElement) => {
      logBox = element
    }
    if (starting?.to) return log({ lines: linesOfReply(starting, starting.to), connected }, found)
    if (!talk) return
    const lines = linesOf(messages, { chat: talk, unsent: outbox?.list ?? [], acknowledged })
    const name = typing ? (talk.agent?.name ?? '') : undefined
    return log({ lines, typing: name, connected, brief: talk.state === 'queued' }, found)
  }

  function toEnd(): void {
    if (logBox) logBox.scrollTop = logBox.scrollHeight
  }

  function focus(): void {
    const wrong = stage.querySelector<HTMLElement>('[aria-invalid]')
    const field = stage.querySelector<HTMLElement>('.form .box, .write, .over .button')
    // A reply on its way has nothing to write in yet.
    const target = wrong ?? field ?? logBox
    target?.focus({ preventScroll: true })
  }

  const look = () => happen({ type: 'watched', watched: isWatched() })
  document.addEventListener('visibilitychange', look, { signal })
  const unhear = port.on(hear)
  signal.addEventListener('abort', () => {
    unhear()
    outbox?.close()
  })
  followChat()
  hear({ type: 'state', state: port.state })
  show()
  tell(takeOver)
  if (view.open) keepOpen()
  else if (boxOf && storage.get('open') && !view.phone) tell(reopen)

  return {
    update(next) {
      const opened = next.open && !view.open
      const changed = next.open !== view.open
      view = next
      if (changed) keepOpen()
      if (next.look !== state.look) happen({ type: 'look', look: next.look })
      happen({ type: 'watched', watched: isWatched() })
      if (opened) toEnd()
    },
    takeUp(over) {
      happen({ type: 'left', ...leftBehind(), ended: over })
      tell(takeOver)
    },
    focus,
  }
}

const isStarting = ({ id, text, to }: Partial<Starting>): boolean =>
  typeof id === 'string' && typeof text === 'string' && (!to || typeof to.agent?.name === 'string')

import { createOutbox, newClientId, type Outbox } from '@beckon/client/outbox'
import type {
  ChatFile,
  Look,
  VisitorChat,
  VisitorInvitation,
  VisitorServerFrame,
} from '@beckon/protocol'
import type { Port, PortHappening } from '../../../tracker/src/port.ts'
import { type Child, draw } from '../draw.ts'
import type { FileDesk, Upload } from '../files/files.ts'
import { lazily } from '../lazily.ts'
import { close, type Happen, open } from '../state.ts'
import { addSheet } from '../surface/root.ts'
import { type Forms, type PanelDoings, panel } from './faces.ts'
import { countUnread, reopen, takeOver } from './handover.ts'
import { keep, kept, lastTalk } from './kept.ts'
import { linesOf, linesOfReply, type OnTheWay } from './lines.ts'
import { sendLock } from './lock.ts'
import { log } from './log.ts'
import { applyPanel, type PanelHappening } from './moves.ts'
import { panelCss } from './panel-css.ts'
import {
  type Fields,
  faceOf,
  initialPanel,
  type PanelEffect,
  type PanelState,
  type Starting,
  unreadOf,
} from './state.ts'
import { learn } from './words.ts'

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

/** Forms that did not come are asked for again, while somebody waits for them. */
const AGAIN_MS = 3_000

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
  const lock = sendLock(port)
  let view = first
  let outbox: Outbox | undefined
  let boxOf: string | undefined
  let acknowledged: OnTheWay[] = []
  let unread = 0
  let logBox: HTMLElement | undefined
  let forms: Forms | undefined
  let along: ((state: PanelState) => Child) | undefined
  let desk: Promise<FileDesk> | undefined
  let uploads: readonly Upload[] = []
  /** Another language is on its way: nothing is said before it is there. */
  let isMute = view.look.language !== undefined
  let focusLater = false
  const talk = lastTalk(port)
  let state = initialPanel({
    look: view.look,
    chat: view.chat ?? talk.was,
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
    const starting = kept(port, 'start', isStarting)
    return { draft, starting, answers: kept<Fields>(port, 'answers', areTexts) }
  }

  /** For the next page. */
  function keepOpen(): void {
    storage.set('open', view.open ? '1' : null)
  }

  /** Somebody may be reading further up. */
  function isAtEnd(): boolean {
    return !logBox || logBox.scrollHeight - logBox.scrollTop - logBox.clientHeight < 40
  }

  function isWatched(): boolean {
    return view.open && !document.hidden && isAtEnd()
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
      case 'keep answers': {
        const { text: _, ...answers } = effect.fields
        keep(port, 'answers', answers)
        break
      }
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
    if (uploads.length) atDesk((desk) => desk.arrived(here))
    acknowledged = acknowledged.filter((one) => !here.includes(one.id))
    talk.keep(state)
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
      ringFor(frame)
    }
    happen(happening)
    if (happening.type === 'state') {
      if (happening.state === 'open') outbox?.opened()
      else outbox?.lost()
    }
  }

  const doings: PanelDoings = {
    type: (field, text) => happen({ type: 'typed', field, text, now: performance.now() }),
    send() {
      const text = state.fields.text.trim()
      if (text !== '' && outbox?.add(text)) {
        happen({ type: 'sent' })
        toEnd()
      }
    },
    close: () => tell(close),
    open: () => tell(open),
    discard: () => happen({ type: 'discarded' }),
    move: (move) => happen({ type: 'moved', move }),
    end: () => happen({ type: 'ended', id: newClientId() }),
    sound() {
      storage.set('quiet', isQuiet() ? '' : '1')
      show()
    },
    attach: () => {
      const { chat } = state
      if (chat) atDesk((desk) => desk.choose(chat.id))
    },
    toEnd,
    privacy: () =>
      void import(/* @vite-ignore */ `${port.origin}/beckon/lazy/privacy.js`).then(
        ({ mount }) => mount(port),
        () => {},
      ),
  }

  function show(): void {
    if (isMute) return
    const { phone } = view
    if (state.strip || !isBare()) loadForms()
    if (!view.open) {
      draw(stage, forms?.offer(state, phone))
      return
    }
    if (state.look.typing) loadTyped()
    const { activeElement } = root
    const atEnd = isAtEnd()
    if (!atEnd) loadForms()
    draw(
      stage,
      panel(
        state,
        {
          phone,
          log: logNow(),
          forms,
          quiet: isQuiet(),
          origin: port.origin,
          typed: along?.(state),
        },
        doings,
      ),
    )
    if (atEnd) toEnd()
    // What had the focus is gone; whoever was here stays here.
    if (activeElement && !root.activeElement) focus()
  }

  /** Nothing but the chat itself, or nothing at all. */
  const isBare = () => (view.open ? /chatting|replying/.test(faceOf(state)) : !state.ended)

  const loadForms = lazily(
    () => import('../forms/forms.ts'),
    ({ mountForms }) => {
      forms = mountForms(root, doings)
      show()
      if (focusLater) focus()
    },
    () => void port.timers.after(AGAIN_MS, show),
  )

  const loadTyped = lazily(
    () => import('../typed/typed.ts'),
    ({ readAlong }) => {
      along = readAlong(port, root)
      show()
    },
  )

  /** Files are loaded with the first that is sent or wanted. */
  function atDesk(go: (desk: FileDesk) => void): void {
    desk ??= import('../files/files.ts').then(({ mountFiles }) =>
      mountFiles({
        port,
        signal,
        changed(now) {
          uploads = now
          show()
          toEnd()
        },
      }),
    )
    desk.then(go, () => {
      desk = undefined
    })
  }

  /** As the visitor has it, else the link. */
  const isQuiet = () => !!(storage.get('quiet') ?? (state.look.style.sound === false && 1))

  /** For what arrives while nobody looks; whether it is to be heard is said there. */
  function ringFor(frame: VisitorServerFrame): void {
    const isLooking = state.watched && document.hasFocus()
    if (frame.type !== 'chat.event' || !frame.event.messages || isLooking || isQuiet()) return
    const { messages } = state
    import('./sound.ts').then(
      ({ ringFor }) => ringFor(frame, messages, storage),
      () => {},
    )
  }

  const save = (file: ChatFile) => atDesk((desk) => void desk.save(file))

  function logNow() {
    const { chat: talk, messages, typing, connected, starting } = state
    const found = (element: HTMLElement) => {
      logBox = element
      // The box below it grows with what is written.
      new ResizeObserver(() => state.watched && toEnd()).observe(element)
      element.onscroll = () => isWatched() === state.watched || look()
    }
    if (starting?.to) {
      return log({ lines: linesOfReply(starting, starting.to), connected, save }, found)
    }
    if (!talk) return
    const unsent = [...(outbox?.list ?? []), ...uploads]
    const lines = linesOf(messages, { chat: talk, unsent, acknowledged })
    const name = typing ? (talk.agent?.name ?? '') : undefined
    return log({ lines, typing: name, connected, brief: talk.state === 'queued', save }, found)
  }

  function toEnd(): void {
    logBox?.scrollTo(0, logBox.scrollHeight)
  }

  function focus(): void {
    const find = (what: string) => stage.querySelector<HTMLElement>(what)
    const wrong = find(
      '[aria-invalid]:is(input, textarea, select), [aria-invalid] :is(input, select)',
    )
    const field = find('.strip .button, .form :is(input, .box), .form .button, .write, .mail .box')
    // Forms may be on their way; a reply on its way has nothing to write in yet.
    focusLater = !forms && !isBare()
    const target = wrong ?? field ?? (focusLater ? undefined : logBox)
    target?.focus({ preventScroll: true })
    if (wrong) wrong.scrollIntoView({ block: 'nearest' })
  }

  const look = () => happen({ type: 'watched', watched: isWatched() })
  document.addEventListener('visibilitychange', look, { signal })
  const unhear = port.on(hear)
  signal.addEventListener('abort', () => {
    unhear()
    outbox?.close()
  })
  const { language } = view.look
  if (language) {
    const speak = () => {
      isMute = false
      show()
      if (focusLater) focus()
    }
    learn(port.origin, language).then(speak, speak)
  }
  followChat()
  hear({ type: 'state', state: port.state })
  show()
  tell(takeOver)
  if (view.open) keepOpen()
  else if (state.chat && storage.get('open') && !view.phone) tell(reopen)

  return {
    update(next) {
      const opened = next.open && !view.open
      const changed = next.open !== view.open
      view = next
      if (changed) keepOpen()
      if (next.look !== state.look) happen({ type: 'look', look: next.look })
      look()
      if (opened) toEnd()
    },
    takeUp(over) {
      happen({ type: 'left', ...leftBehind(), ended: over })
      tell(takeOver)
    },
    focus,
  }
}

const areTexts = (fields: object): boolean =>
  Object.values(fields).every((text) => typeof text === 'string')

const isStarting = ({ id, text, to }: Partial<Starting>): boolean =>
  typeof id === 'string' && typeof text === 'string' && (!to || typeof to.agent?.name === 'string')

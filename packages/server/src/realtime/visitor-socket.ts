import { CLOSE, VisitorFrame, VisitorHello, type VisitorServerFrame } from '@beckon/protocol'
import { Compile } from 'typebox/compile'
import { Refusal } from '../refusal.ts'
import { Unwelcome } from '../visits/admission.ts'
import type { Caller } from '../visits/beginnings.ts'
import type { Line, Tab } from '../visits/tab.ts'
import type { Visits } from '../visits/visits.ts'
import { Bucket } from './bucket.ts'
import { type Carrier, Connection } from './connection.ts'
import type { VisitorDoors } from './doors.ts'
import { idOf, readFrame } from './frame.ts'
import type { Refusals } from './refusals.ts'
import type { Strain } from './strain.ts'

const hello = Compile(VisitorHello)
const frames = Compile(VisitorFrame)

/** Refusals of too many frames: some, so that the script notices; not one each, which would be an echo. */
const TOLD_MS = 1_000
/** Of a page that goes on and on while the process is behind, one page view so often is looked at. */
const PAGE_EVERY_MS = 1_000
const PAGE_FRAME = '{"type":"page",'
/** Broken frames that are put down to an old or odd script before the connection ends. */
const PATIENCE = 20

type Refused = Extract<VisitorServerFrame, { type: 'refused' }>

export type VisitorWorld = {
  visits: Visits
  doors: VisitorDoors
  fault(error: unknown, what: string): void
  refused: Refusals
  strain: Strain
  /** Counts a connection of this address at this site; false when there are too many. */
  enter(ip: string, site: string): boolean
  leave(ip: string, site: string): void
  left(connection: VisitorConnection): void
}

/** A page's connection: parse, check, find the door; decides nothing. */
export class VisitorConnection extends Connection implements Line {
  /** Needed until the hello only; an idle visitor should not hold request headers. */
  #caller: Caller | undefined
  #tab: Tab | undefined
  #early: string[] | undefined
  readonly #bucket: Bucket
  readonly #world: VisitorWorld
  #ip = ''
  #site = ''
  #toldAt = Number.NEGATIVE_INFINITY
  #pagedAt = Number.NEGATIVE_INFINITY
  /** The newest page view that was put off. */
  #latePage: string | undefined
  #broken = 0
  #over = false
  /** Commands go through one after the other: a visitor's messages keep their order. */
  #last: Promise<void> | undefined
  busy = 0

  constructor(
    id: string,
    socket: Carrier,
    made: { caller: Caller; world: VisitorWorld; now: () => number },
  ) {
    super(id, socket, made.now)
    this.#caller = made.caller
    this.#world = made.world
    this.#bucket = new Bucket(this.openedAt)
  }

  get welcomed(): boolean {
    return this.#tab !== undefined
  }
  get ip(): string {
    return this.#ip
  }

  override send(frame: VisitorServerFrame) {
    super.send(frame)
  }

  hear(text: string) {
    if (!this.#bucket.take(this.heardAt)) return this.#tooMany()
    if (this.#early) return void this.#early.push(text)
    if (!this.#tab) return this.#hello(text)
    if (!this.#isPutOff(text)) this.#frame(this.#tab, text)
  }

  /** Once a second: a page view that was put off, when there is room. */
  tick(now: number) {
    const text = this.#latePage
    if (!text || !this.#tab || this.#early || this.closedAt !== 0) return
    if (!this.#world.strain.hasRoom(now)) return
    this.#latePage = undefined
    this.#frame(this.#tab, text)
  }

  /**
   * While the process is behind, page views beyond one a second give way unread, so that messages
   * need not wait (R25). The newest is kept: where somebody is now does not go wrong.
   */
  #isPutOff(text: string): boolean {
    const behind = this.#world.strain.isBehind(this.heardAt)
    if (!text.startsWith(PAGE_FRAME)) return false
    if (behind && this.heardAt < this.#pagedAt + PAGE_EVERY_MS) {
      this.#latePage = text
      this.#tooMany()
      return true
    }
    this.#latePage = undefined
    this.#pagedAt = this.heardAt
    return false
  }

  ended() {
    this.#over = true
    if (this.#site) this.#world.leave(this.#ip, this.#site)
    this.#site = ''
    if (this.#tab) this.#world.visits.closed(this.#tab, this.silent ? 'silent' : 'closed')
    this.#world.left(this)
  }

  #hello(text: string) {
    const said = readFrame(text)
    const caller = this.#caller
    if (!caller || !hello.Check(said)) {
      this.#refuse('bad_input', 'The first frame has to be a hello.')
      return this.close(CLOSE.no_hello, 'no hello')
    }
    this.#early = []
    if (!this.#world.enter(caller.ip, said.site)) {
      this.#refuse(
        'too_many_connections',
        'Too many connections from this address. Try again later.',
      )
      return this.close(CLOSE.too_many, 'too many connections')
    }
    this.#ip = caller.ip
    this.#site = said.site
    this.#world.visits.arrive(this, said, caller).then(
      (tab) => this.#arrived(tab),
      (error: unknown) => this.#unwelcome(error),
    )
  }

  #arrived(tab: Tab) {
    this.#tab = tab
    this.#caller = undefined
    if (this.#over) return this.#world.visits.closed(tab, 'closed')
    this.#resume(tab)
  }

  /** What came meanwhile, in its order. */
  #resume(tab: Tab) {
    const early = this.#early ?? []
    this.#early = undefined
    for (const text of early) {
      // One of them may take its time as well.
      if (this.#early) (this.#early as string[]).push(text)
      else this.#frame(tab, text)
    }
  }

  /** What follows a frame that takes its time is kept until that is done. */
  #hold(tab: Tab, work: Promise<void> | undefined) {
    if (!work) return
    this.#early = []
    this.busy++
    work
      .catch((error: unknown) => this.#world.fault(error, 'an identity could not be checked'))
      .finally(() => {
        this.busy--
        if (!this.#over) this.#resume(tab)
      })
  }

  #unwelcome(error: unknown) {
    if (error instanceof Unwelcome) {
      this.#refuse(error.code, error.message)
      return this.close(error.close, error.code)
    }
    this.#world.fault(error, 'a hello failed')
    this.#refuse('try_again', 'The server cannot answer just now. Try again in a moment.')
    this.close(CLOSE.no_hello, 'try again')
  }

  #frame(tab: Tab, text: string) {
    const frame = readFrame(text)
    if (!frames.Check(frame)) {
      this.#refuse('bad_input', 'This frame is not part of the protocol.', idOf(frame))
      if (++this.#broken > PATIENCE) this.close(CLOSE.bad_frame, 'bad frames')
      return
    }
    if (tab.banned) return this.#banned(frame)
    const { visits } = this.#world
    switch (frame.type) {
      case 'page':
        return visits.page(tab, frame.page)
      case 'page.update':
        return visits.pageUpdate(tab, frame.page)
      case 'attention':
        return visits.attention(tab, frame)
      case 'identify':
        return this.#hold(tab, visits.identify(tab, frame.identity))
      case 'links.ask':
        return visits.askLinks(tab, frame.links)
      case 'known.ask':
        return this.send({ type: 'known', known: visits.known(tab.visit) })
      case 'visit.hide':
        return visits.hide(tab)
      default:
        return this.#through(tab, frame)
    }
  }

  #through(tab: Tab, frame: VisitorFrame) {
    const door = this.#world.doors[frame.type] as
      | ((actor: Tab, frame: VisitorFrame) => ReturnType<NonNullable<VisitorDoors['chat.start']>>)
      | undefined
    if (!door) return this.#refuse('not_found', 'The server has no such command.', idOf(frame))
    this.busy++
    const before = this.#last
    const work = (async () => {
      await before
      if (tab.banned) return this.#banned(frame)
      try {
        const answer = await door(tab, frame)
        const id = idOf(frame)
        if (id !== undefined) this.send({ type: 'done', id, ...answer })
      } catch (error) {
        this.#failed(error, frame)
      }
    })().finally(() => {
      this.busy--
      if (this.#last === work) this.#last = undefined
    })
    this.#last = work
  }

  #banned(frame: VisitorFrame) {
    this.#refuse('not_allowed', 'Nothing more is taken from this browser.', idOf(frame))
  }

  #failed(error: unknown, frame: VisitorFrame) {
    if (error instanceof Refusal) {
      const problems = error.details?.problems as Refused['problems']
      return this.#refuse(error.code, error.message, idOf(frame), problems)
    }
    this.#world.fault(error, `${frame.type} failed`)
    this.#refuse('internal', 'Something went wrong on our side. Try again.', idOf(frame))
  }

  #tooMany() {
    this.#world.refused.count('rate_limited')
    if (this.heardAt < this.#toldAt + TOLD_MS) return
    this.#toldAt = this.heardAt
    this.send({ type: 'refused', code: 'rate_limited', message: 'Too many frames. Slow down.' })
  }

  #refuse(code: Refused['code'], message: string, id?: string, problems?: Refused['problems']) {
    this.#world.refused.count(code)
    this.send({ type: 'refused', id, code, message, problems })
  }
}

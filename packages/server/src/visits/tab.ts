import type {
  BrandId,
  LinkFace,
  Look,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
  VisitorServerFrame,
} from '@beckon/protocol'
import type { Visit } from './live.ts'
import type { TabView, VisitorActor } from './presence.ts'

const NO_LINKS: readonly string[] = Object.freeze([])

/** The socket as a tab sees it. */
export type Line = {
  readonly id: string
  /** The address it comes from. */
  readonly ip: string
  send(frame: VisitorServerFrame): void
  close(code: number, reason: string): void
}

/** One open page of a visit, and who acts on its connection. */
export class Tab implements TabView, VisitorActor {
  readonly line: Line
  visit: Visit
  visible: boolean
  focused: boolean
  focusedAt: Timestamp
  pageId = ''
  url = ''
  title = ''
  links = NO_LINKS
  look: Look | undefined
  /** Every live chat link the page asked for, and how they were last told. */
  askedLinks = NO_LINKS
  faces: Readonly<Record<string, LinkFace>> = {}
  /** Nothing it says is heard any more; its connection is about to end. */
  banned = false
  /** The token its browser keeps, so that it can be named again with a new visit. */
  token: string | undefined
  /** What was said before the welcome; undefined afterwards. */
  #early: VisitorServerFrame[] | undefined = []

  constructor(
    line: Line,
    visit: Visit,
    sight: { visible: boolean; focused: boolean; now: Timestamp },
  ) {
    this.line = line
    this.visit = visit
    this.visible = sight.visible
    this.focused = sight.focused
    this.focusedAt = sight.focused ? sight.now : 0
  }

  get connectionId(): string {
    return this.line.id
  }
  get ip(): string {
    return this.line.ip
  }
  get siteId(): SiteId {
    return this.visit.siteId
  }
  get visitorId(): VisitorId {
    return this.visit.visitorId
  }
  get visitId(): VisitId {
    return this.visit.id
  }
  get brandId(): BrandId {
    return this.visit.brandId
  }
  get language(): string | undefined {
    return this.look?.language
  }

  say(frame: VisitorServerFrame): void {
    if (this.#early) this.#early.push(frame)
    else this.line.send(frame)
  }

  /** The first frame; what was said meanwhile follows. */
  welcome(frame: Extract<VisitorServerFrame, { type: 'welcome' }>): void {
    const early = this.#early ?? []
    this.#early = undefined
    this.line.send(frame)
    for (const waiting of early) this.line.send(waiting)
  }
}

type ToldTab = Pick<
  Tab,
  'connectionId' | 'visible' | 'focused' | 'focusedAt' | 'links' | 'pageId' | 'url' | 'title'
>

/** One open page of a visit, connected to another node, which says to it what there is to say. */
export class FarTab implements TabView {
  readonly node: string
  readonly siteId: SiteId
  readonly connectionId: string
  readonly visible: boolean
  readonly focused: boolean
  readonly focusedAt: Timestamp
  readonly links: readonly string[]
  readonly pageId: string
  readonly url: string
  readonly title: string

  constructor(node: string, siteId: SiteId, told: ToldTab) {
    this.node = node
    this.siteId = siteId
    this.connectionId = told.connectionId
    this.visible = told.visible
    this.focused = told.focused
    this.focusedAt = told.focusedAt
    this.links = told.links.length > 0 ? told.links : NO_LINKS
    this.pageId = told.pageId
    this.url = told.url
    this.title = told.title
  }

  say(): void {}
}

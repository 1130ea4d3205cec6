import type {
  AgentId,
  BrandId,
  CardAgent,
  DepartmentForm,
  DepartmentId,
  Distribution,
  GroupId,
  HandOffTimers,
  Hours,
  ImageId,
  IpMode,
  LinkId,
  LinkOffline,
  LinkStyle,
  LinkType,
  PrivacyLevel,
  QueueAlert,
  Role,
  SiteId,
} from '@beckon/protocol'
import type { Unsubscribe } from '../realtime/bus.ts'

/*
 * Everything administrators set, kept in memory as one immutable picture: small, read on every
 * page view, changed a few times a day. Reloaded from the database after each committed change.
 */

export type Brand = {
  id: BrandId
  name: string
  slug: string
  accent: string | null
  logoText: string | null
}
export type Site = {
  id: SiteId
  brandId: BrandId
  kind: 'website' | 'portal'
  name: string
  key: string
  origins: readonly string[]
  privacy: PrivacyLevel
  ipMode: IpMode
  language: string
  mainLinkId: LinkId | null
  color: number
  off: boolean
  /** null: the usual ones. */
  queryKeys: readonly string[] | null
  showPrivacy: boolean
  /** Agents read along while visitors type, who are told so. */
  showTyping: boolean
  /** null: what the browser asks for. */
  visitorLanguage: string | null
}
export type Department = {
  id: DepartmentId
  brandId: BrandId
  name: string
  liveChat: boolean
  /** null: open at any time. */
  hours: Hours | null
  /** No new chats outside these hours. */
  closedOutside: boolean
}
export type Group = {
  id: GroupId
  departmentId: DepartmentId
  brandId: BrandId
  name: string
  frontLine: boolean
  members: ReadonlyMap<AgentId, { active: boolean }>
  distribution: Distribution
  /** Its open chats with one agent; null: the agent's own limit alone. */
  chatLimit: number | null
  handOff: HandOffTimers
  alert: QueueAlert
}
export type LinkPicture = { id: ImageId; width: number; height: number }
export type Link = {
  id: LinkId
  siteId: SiteId
  name: string
  type: LinkType
  style: LinkStyle
  /** null: every department of the brand. */
  departmentIds: readonly DepartmentId[] | null
  offline: LinkOffline
  css: string
  images: Record<'online' | 'offline' | 'logo', LinkPicture | null>
}
export type Agent = {
  id: AgentId
  name: string
  chatName: string
  email: string
  roles: ReadonlySet<Role>
  available: boolean
  chatLimit: number
  disabled: boolean
  /** As visitors see them. */
  card: CardAgent
}

export type Picture = {
  brands: ReadonlyMap<BrandId, Brand>
  sites: ReadonlyMap<SiteId, Site>
  sitesByKey: ReadonlyMap<string, Site>
  departments: ReadonlyMap<DepartmentId, Department>
  /** Of departments whose panel is not as shipped. */
  forms: ReadonlyMap<DepartmentId, DepartmentForm>
  groups: ReadonlyMap<GroupId, Group>
  links: ReadonlyMap<LinkId, Link>
  agents: ReadonlyMap<AgentId, Agent>
  /** Of whom two steps are asked at the sign-in. */
  secondStep: ReadonlySet<Role>
}

export type Directory = {
  /** The picture now. Hold it for one synchronous stretch only. */
  readonly now: Picture
  /** Reads the picture again; call after a commit that changed any of it. Announces `directory`. */
  reload(): Promise<void>
  /** Where others may change it: as they have by now, also before their word of it is here. */
  refresh?(): Promise<void>
  onChange(listener: () => void): Unsubscribe
}

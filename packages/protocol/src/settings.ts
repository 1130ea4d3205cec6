import { type Static, Type } from 'typebox'
import type { Role } from './agent.ts'
import { Hours } from './hours.ts'
import { type AgentId, type BrandId, type DepartmentId, type GroupId, Id } from './ids.ts'
import { ChatLimit, Distribution, HandOffTimers, QueueAlert } from './routing.ts'
import { Colour } from './style.ts'

/*
 * The things administrators set, as REST shows them (`/api/v1/…`) and as it takes them. `…Input`
 * is the body of POST; PATCH takes any part of it. Lists answer `{ items: [...] }`.
 */

const strict = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 80 })
const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' })

export const RoleName = Type.Unsafe<Role>(
  Type.String({ enum: ['agent', 'manager', 'administrator'] }),
)

export const AgentInput = Type.Object(
  {
    name: Name,
    /** What visitors see. */
    chatName: Name,
    email: Email,
    /** Without one nobody signs in until they have followed a welcome link (`POST /agents/:id/welcome`). */
    password: Type.Optional(Type.String({ minLength: 15, maxLength: 200 })),
    roles: Type.Array(RoleName, { minItems: 1, uniqueItems: true }),
    disabled: Type.Optional(Type.Boolean()),
    /** Open chats at once, before no more are given to them; 3 unless said. */
    chatLimit: Type.Optional(ChatLimit),
  },
  strict,
)
export type AgentInput = Static<typeof AgentInput>
export const AgentView = Type.Object({
  id: Id<AgentId>(),
  name: Name,
  chatName: Name,
  email: Type.String(),
  roles: Type.Array(RoleName),
  disabled: Type.Boolean(),
  available: Type.Boolean(),
  chatLimit: Type.Integer(),
})
export type AgentView = Static<typeof AgentView>

export const DepartmentInput = Type.Object(
  {
    name: Name,
    liveChat: Type.Boolean(),
    brandId: Type.Optional(Id<BrandId>()),
    /** When it is open; null is always. */
    hours: Type.Optional(Type.Union([Hours, Type.Null()])),
    /** No new chats outside these hours (C10); off unless said. Invitations go out at any time. */
    closedOutside: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type DepartmentInput = Static<typeof DepartmentInput>
/** Making a department makes its front-line group, named as the department. */
export const DepartmentView = Type.Object({
  id: Id<DepartmentId>(),
  brandId: Id<BrandId>(),
  name: Name,
  liveChat: Type.Boolean(),
  frontGroupId: Id<GroupId>(),
  hours: Type.Union([Hours, Type.Null()]),
  closedOutside: Type.Boolean(),
  /** Now, by its hours. */
  open: Type.Boolean(),
  /** When that changes next; absent when it never does. */
  changesAt: Type.Optional(Type.Number()),
})
export type DepartmentView = Static<typeof DepartmentView>

export const GroupInput = Type.Object(
  {
    departmentId: Id<DepartmentId>(),
    name: Name,
    /** Replaces the members. New members are active. */
    memberIds: Type.Array(Id<AgentId>(), { uniqueItems: true, maxItems: 1_000 }),
    /** Who gets its chats: whoever takes one (`pull`, unless said), or each in turn. */
    distribution: Type.Optional(Distribution),
    /** Its open chats with one agent; null: only the agent's own limit counts. */
    chatLimit: Type.Optional(Type.Union([ChatLimit, Type.Null()])),
    handOff: Type.Optional(HandOffTimers),
    alert: Type.Optional(QueueAlert),
  },
  strict,
)
export type GroupInput = Static<typeof GroupInput>
export const GroupView = Type.Object({
  id: Id<GroupId>(),
  departmentId: Id<DepartmentId>(),
  name: Name,
  frontLine: Type.Boolean(),
  members: Type.Array(Type.Object({ agentId: Id<AgentId>(), active: Type.Boolean() })),
  distribution: Distribution,
  chatLimit: Type.Union([ChatLimit, Type.Null()]),
  handOff: HandOffTimers,
  alert: QueueAlert,
})
export type GroupView = Static<typeof GroupView>

export const BrandInput = Type.Object(
  {
    name: Name,
    /** Its part of the portal's address; made of the name when there is none. */
    slug: Type.Optional(Type.String({ pattern: '^[a-z0-9](-?[a-z0-9]){0,39}$' })),
    /** Of the portal; null is as shipped. */
    accent: Type.Optional(Type.Union([Colour, Type.Null()])),
    /** In the portal's corner; null is the name. */
    logoText: Type.Optional(Type.Union([Name, Type.Null()])),
  },
  strict,
)
export type BrandInput = Static<typeof BrandInput>
export const BrandView = Type.Object({
  id: Id<BrandId>(),
  name: Name,
  slug: Type.String(),
  accent: Type.Union([Type.String(), Type.Null()]),
  logoText: Type.Union([Type.String(), Type.Null()]),
})
export type BrandView = Static<typeof BrandView>

/** Who is signed in. GET /api/v1/me; 401 `not_signed_in` otherwise. */
export const Me = Type.Object({
  agent: AgentView,
  /** Name of the installation: the only brand's, or “Beckon”. */
  name: Type.String(),
  /** Base address for snippets and links. */
  publicUrl: Type.String(),
  brands: Type.Array(BrandView),
  /** Whether the server asks for host names of addresses. */
  hostNames: Type.Optional(Type.Boolean()),
  /** Two steps are asked of them and this sign-in has one: nothing but setting it up is possible. */
  mustAddStep: Type.Optional(Type.Literal(true)),
})
export type Me = Static<typeof Me>

/** GET /api/v1/setup (no sign-in). `needed` is true until the first administrator exists. */
export const SetupState = Type.Object({
  needed: Type.Boolean(),
  name: Type.String(),
  /** Whether the question came with a good cookie, so that /me need not be asked in vain. */
  signedIn: Type.Boolean(),
  /** Whether a forgotten password is reset by mail. */
  resetByMail: Type.Boolean(),
})
export type SetupState = Static<typeof SetupState>

/** POST /api/v1/setup: the first administrator; answers with the sign-in cookie and `Me`. */
export const SetupInput = Type.Object(
  {
    /** The one-time code printed at start. */
    code: Type.String({ maxLength: 40 }),
    name: Name,
    chatName: Name,
    email: Email,
    password: Type.String({ minLength: 15, maxLength: 200 }),
  },
  strict,
)
export type SetupInput = Static<typeof SetupInput>

/** POST /api/v1/sign-in → Me + cookie. POST /api/v1/sign-out → 204. */
export const SignInInput = Type.Object(
  { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 200 }) },
  strict,
)
export type SignInInput = Static<typeof SignInInput>

/** GET /api/v1/reports/invitations?from&to&by=agent|site|group: the one read model of S9. */
export const InvitationCounts = Type.Object({
  sent: Type.Integer(),
  delivered: Type.Integer(),
  viewed: Type.Integer(),
  accepted: Type.Integer(),
  declined: Type.Integer(),
  ignored: Type.Integer(),
  withdrawn: Type.Integer(),
  expired: Type.Integer(),
  failed: Type.Integer(),
  /** Still open. accepted + … + failed + open = sent (I20). */
  open: Type.Integer(),
})
export type InvitationCounts = Static<typeof InvitationCounts>
export const InvitationReport = Type.Object({
  from: Type.Number(),
  to: Type.Number(),
  total: InvitationCounts,
  rows: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), counts: InvitationCounts }),
  ),
})
export type InvitationReport = Static<typeof InvitationReport>

/** Body of every REST refusal. */
export const Problem = Type.Object({ code: Type.String(), message: Type.String() })
export type Problem = Static<typeof Problem>

import { type Static, Type } from 'typebox'
import type { Role } from './agent.ts'
import { Hours } from './hours.ts'
import {
  type AgentId,
  type BrandId,
  type DepartmentId,
  type GroupId,
  Id,
  type IdentityKeyId,
  type LinkId,
  type SiteId,
} from './ids.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { ChatLimit, Distribution, HandOffTimers, QueueAlert } from './routing.ts'
import { Colour } from './style.ts'
import { IDENTITY_PROBLEMS, type IdentityProblem, PrivacyLevel } from './visitor.ts'

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

export const IpMode = Type.Union([
  Type.Literal('full'),
  Type.Literal('masked'),
  Type.Literal('none'),
])
export type IpMode = Static<typeof IpMode>

export const SiteInput = Type.Object(
  {
    name: Name,
    /** `[scheme://]host[:port]` or `*.host`; see docs/configuration.md. */
    origins: Type.Array(Type.String({ minLength: 1, maxLength: 260 }), { maxItems: 50 }),
    brandId: Type.Optional(Id<BrandId>()),
    privacy: Type.Optional(PrivacyLevel),
    ipMode: Type.Optional(IpMode),
    language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
    /** What visitors are spoken to in; null: what their browser asks for. */
    visitorLanguage: Type.Optional(
      Type.Union([Type.String({ enum: [...LANGUAGE_CODES] }), Type.Null()]),
    ),
    mainLinkId: Type.Optional(Type.Union([Id<LinkId>(), Type.Null()])),
    /** Index 0–7 into the eight site colours. */
    color: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })),
    off: Type.Optional(Type.Boolean()),
    /** Query keys that stay in addresses of pages, `utm_*` for all that begin so. null: the usual ones. */
    queryKeys: Type.Optional(
      Type.Union([
        Type.Array(Type.String({ pattern: '^[a-z0-9_.-]{1,60}\\*?$' }), {
          maxItems: 200,
          uniqueItems: true,
        }),
        Type.Null(),
      ]),
    ),
    /** Visitors may see what is known of them, and hide. */
    showPrivacy: Type.Optional(Type.Boolean()),
    /** Agents read what a visitor types in a chat before it is sent; the panel says so. */
    showTyping: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type SiteInput = Static<typeof SiteInput>
export const SiteView = Type.Object({
  id: Id<SiteId>(),
  brandId: Id<BrandId>(),
  kind: Type.Union([Type.Literal('website'), Type.Literal('portal')]),
  name: Name,
  /** Public by design: it stands in the snippet. */
  key: Type.String(),
  snippet: Type.String(),
  origins: Type.Array(Type.String()),
  privacy: PrivacyLevel,
  ipMode: IpMode,
  language: Type.String(),
  visitorLanguage: Type.Union([Type.String(), Type.Null()]),
  mainLinkId: Type.Union([Id<LinkId>(), Type.Null()]),
  color: Type.Integer(),
  off: Type.Boolean(),
  queryKeys: Type.Union([Type.Array(Type.String()), Type.Null()]),
  showPrivacy: Type.Boolean(),
  showTyping: Type.Boolean(),
  /** Kept in memory since the start; null = none since then and none stored. */
  lastHitAt: Type.Union([Type.Number(), Type.Null()]),
})
export type SiteView = Static<typeof SiteView>

const SeenPage = {
  at: Type.Number(),
  title: Type.String(),
  url: Type.String(),
  city: Type.Optional(Type.String()),
  country: Type.Optional(Type.String()),
}

/**
 * What the self-test panel knows of a site (W18), newest first: each signal is a fact seen by the
 * server. GET /api/v1/sites/:id/signals, polled every second by the waiting box.
 */
export const SiteSignals = Type.Object({
  /** Someone fetched beacon script with this site's page as Referer. */
  scriptFetchedAt: Type.Union([Type.Number(), Type.Null()]),
  refusedOrigins: Type.Array(
    Type.Object({ origin: Type.String(), at: Type.Number(), count: Type.Integer() }),
  ),
  helloAt: Type.Union([Type.Number(), Type.Null()]),
  /** Of a person: bots are told apart in `botAt`. */
  lastHit: Type.Union([Type.Object(SeenPage), Type.Null()]),
  botAt: Type.Optional(Type.Number()),
  /** A page of an allowed origin named a key that no site has. */
  wrongKey: Type.Optional(Type.Object({ key: Type.String(), at: Type.Number() })),
  /** The asking agent's own test visit: a page whose address has this query is theirs. */
  test: Type.Optional(
    Type.Object({
      query: Type.String(),
      seen: Type.Optional(Type.Object({ ...SeenPage, bot: Type.Boolean() })),
    }),
  ),
  /** Identity tokens of its pages: when one was right last, and the last that was not. */
  identity: Type.Optional(
    Type.Object({
      verifiedAt: Type.Union([Type.Number(), Type.Null()]),
      refused: Type.Union([
        Type.Object({
          at: Type.Number(),
          code: Type.Unsafe<IdentityProblem>(Type.String({ enum: [...IDENTITY_PROBLEMS] })),
          count: Type.Integer(),
        }),
        Type.Null(),
      ]),
    }),
  ),
})
export type SiteSignals = Static<typeof SiteSignals>

/** POST /api/v1/sites/:id/page-check: the server fetches a page of the site and reads it (W18). */
export const PageCheckInput = Type.Object({ url: Type.String({ maxLength: 2_048 }) }, strict)
export type PageCheckInput = Static<typeof PageCheckInput>

export const PAGE_CAUSES = [
  // The page could not be read.
  'bad_address',
  'not_public',
  'port_closed',
  'unknown_host',
  'not_answering',
  'certificate',
  'slow',
  'too_many_redirects',
  'error_page',
  'not_a_page',
  // It was read, and this is in the way.
  'other_origin',
  'no_snippet',
  'tag_manager',
  'wrong_key',
  'other_server',
  'mixed_content',
  'consent_pending',
  'policy_script',
  'policy_nonce',
  'policy_connect',
] as const
export type PageCause = (typeof PAGE_CAUSES)[number]
export const PageCheck = Type.Object({
  /** Where the redirects ended. */
  url: Type.String(),
  /** Nothing is in the way when there is none. `detail`: a status, an origin, a key, a policy. */
  causes: Type.Array(
    Type.Object({
      cause: Type.Unsafe<PageCause>(Type.String({ enum: [...PAGE_CAUSES] })),
      detail: Type.Optional(Type.String()),
    }),
  ),
})
export type PageCheck = Static<typeof PageCheck>

/** A key that a site's own server signs identity tokens with. The secret is told once, when it is made. */
export const IdentityKeyView = Type.Object({
  id: Id<IdentityKeyId>(),
  createdAt: Type.Number(),
  /** A token signed with it was right last. In memory since the start. */
  usedAt: Type.Union([Type.Number(), Type.Null()]),
})
export type IdentityKeyView = Static<typeof IdentityKeyView>
export const NewIdentityKey = Type.Object({ ...IdentityKeyView.properties, secret: Type.String() })
export type NewIdentityKey = Static<typeof NewIdentityKey>

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

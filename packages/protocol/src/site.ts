import { type Static, Type } from 'typebox'
import { type BrandId, Id, type IdentityKeyId, type LinkId, type SiteId } from './ids.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { IDENTITY_PROBLEMS, type IdentityProblem, PrivacyLevel } from './visitor.ts'

/* A website with the snippet: its settings, and what has been seen of it. */

const strict = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 80 })

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

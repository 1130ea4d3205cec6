import { type Static, Type } from 'typebox'
import { type AgentId, Id } from './ids.ts'

/*
 * Who is signed in and what proves it, as REST shows it. Answers of passkeys are the JSON forms of
 * WebAuthn, cut down to what is checked.
 */

const strict = { additionalProperties: false } as const
const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 12_000 })
const Password = Type.String({ minLength: 15, maxLength: 200 })
const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })

/** 202 of POST /sign-in: the password was right, and the account asks for a code as well. */
export const CodeStep = Type.Object({ next: Type.Literal('code') })
export type CodeStep = Static<typeof CodeStep>

/** A code of the app, or a recovery code. */
export const CodeInput = Type.Object({ code: Type.String({ minLength: 6, maxLength: 40 }) }, strict)

export const PasskeyAnswer = Type.Object(
  {
    id: Base64Url,
    rawId: Base64Url,
    type: Type.Literal('public-key'),
    response: Type.Object(
      {
        authenticatorData: Base64Url,
        clientDataJSON: Base64Url,
        signature: Base64Url,
        userHandle: Base64Url,
      },
      strict,
    ),
  },
  strict,
)
export type PasskeyAnswer = Static<typeof PasskeyAnswer>

export const PasskeyMade = Type.Object(
  {
    id: Base64Url,
    rawId: Base64Url,
    type: Type.Literal('public-key'),
    response: Type.Object(
      {
        clientDataJSON: Base64Url,
        attestationObject: Base64Url,
        transports: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 })),
      },
      strict,
    ),
  },
  strict,
)
export type PasskeyMade = Static<typeof PasskeyMade>

/** What the browser is asked with: the JSON form of WebAuthn’s options. */
export const PasskeyOptions = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
})

export const PasskeyName = Type.Object({ name: Name }, strict)
export const PasskeyInput = Type.Object(
  { token: Base64Url, name: Name, answer: PasskeyMade },
  strict,
)
export const PasskeyView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.Number(),
  lastUsedAt: Type.Union([Type.Number(), Type.Null()]),
})
export type PasskeyView = Static<typeof PasskeyView>

/** One browser in which the asker is signed in. */
export const OwnSignIn = Type.Object({
  id: Type.String(),
  /** The one that asks. */
  here: Type.Boolean(),
  browser: Type.Optional(Type.String()),
  os: Type.Optional(Type.String()),
  device: Type.Optional(Type.String()),
  ip: Type.String(),
  city: Type.Optional(Type.String()),
  country: Type.Optional(Type.String()),
  startedAt: Type.Number(),
  lastSeenAt: Type.Number(),
})
export type OwnSignIn = Static<typeof OwnSignIn>

/** GET /api/v1/me/sign-in: everything about the asker’s own way in. */
export const OwnAccess = Type.Object({
  signIns: Type.Array(OwnSignIn),
  /** Codes from an app; null: off. */
  codes: Type.Union([
    Type.Object({ since: Type.Number(), recoveryCodesLeft: Type.Integer() }),
    Type.Null(),
  ]),
  passkeys: Type.Array(PasskeyView),
})
export type OwnAccess = Static<typeof OwnAccess>

/** A new secret for an app; `address` is what its QR code says. Told once. */
export const NewCodes = Type.Object({ secret: Type.String(), address: Type.String() })
export type NewCodes = Static<typeof NewCodes>
export const RecoveryCodes = Type.Object({ codes: Type.Array(Type.String()) })
export type RecoveryCodes = Static<typeof RecoveryCodes>
export const EndCodesInput = Type.Object(
  { password: Type.String({ maxLength: 200 }), code: Type.String({ minLength: 6, maxLength: 40 }) },
  strict,
)

/** Shows that it is still the person who signed in: one of the two. */
export const ProofInput = Type.Object(
  {
    password: Type.Optional(Type.String({ maxLength: 200 })),
    passkey: Type.Optional(PasskeyAnswer),
  },
  strict,
)
export type ProofInput = Static<typeof ProofInput>

export const ForgottenInput = Type.Object(
  { email: Type.String({ minLength: 1, maxLength: 254 }) },
  strict,
)
const Token = Type.String({ minLength: 1, maxLength: 100 })
/** What stands behind the # of the link. */
export const LinkToken = Type.Object({ link: Token }, strict)
/** Whom a reset or welcome link is for. */
export const PasswordLinkView = Type.Object({
  kind: Type.Unsafe<'reset' | 'welcome'>(Type.String({ enum: ['reset', 'welcome'] })),
  email: Type.String(),
  name: Type.String(),
  chatName: Type.String(),
})
export type PasswordLinkView = Static<typeof PasswordLinkView>
export const NewPasswordInput = Type.Object(
  {
    link: Token,
    password: Password,
    /** Taken from a welcome link only: people choose how they are called. */
    name: Type.Optional(Name),
    chatName: Type.Optional(Name),
  },
  strict,
)
export type NewPasswordInput = Static<typeof NewPasswordInput>

/** How a link gets to its person: `mail` sends it, `link` answers with it, once. */
export const LinkBy = Type.Object(
  { by: Type.Unsafe<'mail' | 'link'>(Type.String({ enum: ['mail', 'link'] })) },
  strict,
)
export type LinkBy = Static<typeof LinkBy>
export const LinkMade = Type.Object({
  /** Only by `link`. */
  url: Type.Optional(Type.String()),
  until: Type.Number(),
})
export type LinkMade = Static<typeof LinkMade>

/** GET /api/v1/agent-access, for administrators: how each account gets in. */
export const AgentAccess = Type.Object({
  agentId: Id<AgentId>(),
  /** Until when the welcome link is good; null: there is none. */
  welcomeUntil: Type.Union([Type.Number(), Type.Null()]),
  password: Type.Boolean(),
  codes: Type.Boolean(),
  passkeys: Type.Integer(),
})
export type AgentAccess = Static<typeof AgentAccess>

/** Of whom two steps are asked at the sign-in: everybody with one of these roles. */
export const SecondStep = Type.Object(
  {
    roles: Type.Array(Type.Enum(['agent', 'manager', 'administrator']), {
      maxItems: 3,
      uniqueItems: true,
    }),
  },
  strict,
)
export type SecondStep = Static<typeof SecondStep>

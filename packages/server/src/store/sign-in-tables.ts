import type { AgentId, Timestamp } from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { Json } from './database.ts'

/** What proves that somebody is who they say they are. */
export type SignInTables = {
  sign_ins: {
    /** Begun with a code or a passkey, or one was added in it. */
    two_steps: Generated<0 | 1>
  }
  /** An app that makes a new code every 30 s; it counts once `confirmed_at` is set. */
  authenticators: {
    agent_id: AgentId
    /** Sealed with the installation's key: the database alone makes no codes. */
    secret: string
    /** The newest step a code was taken for; only later ones are. */
    last_step: number
    created_at: Timestamp
    confirmed_at: Timestamp | null
  }
  recovery_codes: {
    agent_id: AgentId
    /** sha256, hex: a code is 78 random bits. */
    code_hash: string
    created_at: Timestamp
    used_at: Timestamp | null
  }
  passkeys: {
    id: string
    agent_id: AgentId
    /** As base64url, like the key. */
    credential_id: string
    public_key: string
    counter: number
    transports: Json
    name: string
    created_at: Timestamp
    last_used_at: Timestamp | null
  }
  /** Tokens that are good for one thing, once: steps of a sign-in, reset and welcome links. */
  one_times: {
    /** sha256, hex. */
    token_hash: string
    kind: OneTimeKind
    agent_id: AgentId | null
    data: Json
    created_at: Timestamp
    expires_at: Timestamp
  }
}

export type OneTimeKind = 'code_step' | 'passkey_sign_in' | 'passkey_new' | 'reset' | 'welcome'

/**
 * Refusals: permanent codes that clients may act on, with the HTTP status each has over REST.
 * The sentence that travels beside a code says what happened and what to do. A retired code is
 * never given a new meaning.
 */
export const REFUSALS = {
  bad_input: 400,
  unsupported_version: 400,
  not_signed_in: 401,
  wrong_password: 401,
  wrong_code: 401,
  wrong_passkey: 401,
  step_over: 401,
  not_allowed: 403,
  proof_needed: 403,
  second_step_needed: 403,
  origin_refused: 403,
  not_found: 404,
  email_taken: 409,
  name_taken: 409,
  last_administrator: 409,
  in_use: 409,
  too_many_messages: 409,
  too_many_articles: 409,
  file_refused: 422,
  already_set_up: 409,
  mail_off: 409,
  link_over: 410,
  visitor_gone: 409,
  visitor_in_chat: 409,
  visitor_invited: 409,
  invited_before: 409,
  group_closed: 409,
  preview_stale: 409,
  filter_changed: 409,
  too_many_filters: 409,
  /** Rules of a link that would fetch something, text nobody could read on its colour, no picture. */
  css_refused: 422,
  contrast_too_low: 422,
  image_refused: 422,
  nothing_to_say: 422,
  too_long: 422,
  limit_reached: 409,
  invitation_ended: 409,
  already_taken: 409,
  chat_ended: 409,
  form_incomplete: 422,
  survey_closed: 409,
  chat_open: 409,
  cannot_receive: 409,
  client_id_reused: 409,
  no_agents: 409,
  rate_limited: 429,
  too_many_connections: 429,
  storage_full: 507,
  try_again: 503,
  internal: 500,
} as const

export type RefusalCode = keyof typeof REFUSALS

/** WebSocket close codes of ours (4000–4999) and what the client does about each. */
export const CLOSE = {
  /** No hello in time, or a first frame that is not one. Reconnect after back-off. */
  no_hello: 4000,
  /** The site key is unknown, switched off, or this origin is not allowed. Do not reconnect. */
  site_refused: 4001,
  /** Sign-in ended (signed out, disabled, password changed). Do not reconnect; sign in. */
  signed_out: 4002,
  /** Frames that break the protocol. Reconnect after back-off. */
  bad_frame: 4003,
  /** The send queue filled up. Reconnect; a new snapshot follows. */
  slow: 4004,
  /** The node stops. Reconnect spread over `moveWithinMs`. */
  moving: 4005,
  /** An agent stopped tracking this visit: stay away until the next page. */
  stopped: 4006,
  /** Too many connections from this address. Reconnect after the longest back-off. */
  too_many: 4007,
} as const

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

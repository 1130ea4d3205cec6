import type { IncomingHttpHeaders } from 'node:http'
import { isConsoleOrigin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'

/** Whom a passkey is for: the name of the public address, and never what a request says it is. */
export const partyId = (settings: { publicUrl?: string | undefined }): string =>
  settings.publicUrl ? new URL(settings.publicUrl).hostname : 'localhost'

/**
 * The origin a passkey must have been used on: the public address, or without one the loopback name
 * of this machine that the request came over.
 */
export function partyOrigin(
  headers: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  settings: { publicUrl?: string | undefined },
): string {
  if (settings.publicUrl) return new URL(settings.publicUrl).origin
  if (headers.origin && isConsoleOrigin(headers, settings)) return headers.origin
  throw new Refusal('origin_refused', 'Passkeys are used in the console only.')
}

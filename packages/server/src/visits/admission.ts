import {
  CLOSE,
  PROTOCOL_VERSION,
  type PrivacyLevel,
  type RefusalCode,
  type VisitorHello,
} from '@beckon/protocol'
import type { Directory, Site } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import type { Caller } from './beginnings.ts'
import { originAllowed } from './origin.ts'
import type { Signals } from './signals.ts'

/** A hello that is refused for good: the socket says so and closes with this code. */
export class Unwelcome extends Refusal {
  readonly close: number
  constructor(code: RefusalCode, message: string, close: number) {
    super(code, message)
    this.close = close
  }
}

const LEVELS: readonly PrivacyLevel[] = ['presence', 'visit', 'returning']
const lower = (a: PrivacyLevel, b: PrivacyLevel): PrivacyLevel =>
  LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b

/** The level in force: what the site, the page and the browser's own wish all allow. */
export const levelFor = (site: Site, hello: VisitorHello, caller: Caller): PrivacyLevel =>
  lower(site.privacy, caller.privacyControl ? 'presence' : hello.privacy)

/** Which site a hello may enter, if any. */
export function createAdmission({
  directory,
  signals,
}: {
  directory: Directory
  signals: Signals
}) {
  return {
    site(hello: VisitorHello, caller: Caller): Site {
      if (hello.v !== PROTOCOL_VERSION) {
        throw new Unwelcome(
          'unsupported_version',
          `This server speaks version ${PROTOCOL_VERSION}. Reload the page to get the matching script.`,
          CLOSE.bad_frame,
        )
      }
      const site = directory.now.sitesByKey.get(hello.site)
      if (!site) signals.unknownKey(hello.site, caller.origin)
      if (!site || site.off) {
        throw new Unwelcome(
          'not_found',
          'No site with this key is switched on. Copy the snippet again from Settings, Sites.',
          CLOSE.site_refused,
        )
      }
      const allowed =
        originAllowed(caller.origin, site.origins) || (site.kind === 'portal' && caller.sameOrigin)
      if (!allowed) {
        signals.refused(site.id, caller.origin)
        throw new Unwelcome(
          'origin_refused',
          'This website is not among the allowed origins of the site. Add it in Settings, Sites.',
          CLOSE.site_refused,
        )
      }
      return site
    },
  }
}

import type { PageCheck } from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import { type Outbound, OutboundFault } from '../outbound/outbound.ts'
import { Refusal } from '../refusal.ts'
import { originAllowed } from '../visits/origin.ts'
import { readPage } from './page-reading.ts'

/** Only pages that could have visitors: the server is nobody's way to look at other addresses. */
export async function checkPage(
  outbound: Outbound,
  site: Site,
  { url, base }: { url: string; base: string },
): Promise<PageCheck> {
  const origin = URL.canParse(url) ? new URL(url).origin : undefined
  if (!originAllowed(origin, site.origins)) {
    throw new Refusal('bad_input', 'The page must be on one of the allowed origins of the site.')
  }
  try {
    const page = await outbound.get(url)
    const here = new URL(page.url).origin
    const causes = readPage(page, { key: site.key, base })
    if (!originAllowed(here, site.origins)) causes.unshift({ cause: 'other_origin', detail: here })
    return { url: page.url, causes }
  } catch (error) {
    if (!(error instanceof OutboundFault)) throw error
    return { url: error.url, causes: [{ cause: error.code }] }
  }
}

import type { PrivacyLevel, VisitorHello } from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import type { KnownVisitor } from '../store/visit-rows.ts'
import { type Visitor, visitorFrom } from './live-visitor.ts'
import type { Roster } from './roster.ts'
import { hashOfToken, isGoodToken } from './tokens.ts'

/** What a hello says of who is there. */
type Recognised = {
  visitor: Visitor | undefined
  level: PrivacyLevel
  /** The one the browser keeps, where it is right. */
  token: string | undefined
  /** One to keep from now on: it came from the page and is good for a new visitor too. */
  fresh: string | undefined
}

/** Which visitor a browser is: by the token it keeps, the one its page just made, or its visit. */
export function createRecognition({
  roster,
  findByToken,
}: {
  roster: Roster
  findByToken: (hash: string) => Promise<KnownVisitor | undefined>
}) {
  return async function recognised(
    hello: VisitorHello,
    { site, level, keys }: { site: Site; level: PrivacyLevel; keys: readonly string[] },
  ): Promise<Recognised> {
    const known = hello.token ? await holderOf(hello.token, site) : undefined
    if (known && known !== 'elsewhere') {
      // It keeps a token although the level is presence: storage was raised by a reply.
      const raised = level === 'presence' ? 'visit' : level
      return { visitor: known, level: raised, token: hello.token, fresh: undefined }
    }
    const visitor = keys.map((key) => roster.register.byPresence.get(key)).find(Boolean)
    const owner = visitor ?? ownerOf(hello, site)
    const nobody = { visitor: owner, level, token: undefined, fresh: undefined }
    const made = hello.newToken
    if (owner || level === 'presence' || !made || !isGoodToken(made)) return nobody
    const holder = await holderOf(made, site)
    return holder === 'elsewhere' ? nobody : { ...nobody, visitor: holder, fresh: made }
  }

  /** `elsewhere`: somebody of another brand, for whom it says nothing here. */
  async function holderOf(token: string, site: Site): Promise<Visitor | 'elsewhere' | undefined> {
    const hash = hashOfToken(token)
    const record = roster.register.byToken.has(hash) ? undefined : await findByToken(hash)
    // Another tab's hello may have brought the visitor in while we looked.
    const here = roster.register.byToken.get(hash)
    const brandId = here?.brandId ?? record?.brand_id
    if (brandId && brandId !== site.brandId) return 'elsewhere'
    return here ?? (record && fromRecord(record))
  }

  function fromRecord(record: KnownVisitor): Visitor {
    const visitor = visitorFrom(record)
    roster.register.add(visitor)
    return visitor
  }

  /** Without a token the visit's id, which only this page knows, brings back the visit after a restart. */
  function ownerOf(hello: VisitorHello, site: Site): Visitor | undefined {
    const visit = hello.visit && roster.visits.get(hello.visit)
    if (!visit || visit.siteId !== site.id || visit.visitor.tokenHash || !visit.open)
      return undefined
    return visit.visitor
  }
}

import { AgentAccess } from '@beckon/protocol'
import type { Change } from '../agents/change.ts'
import type { Directory } from '../directory/directory.ts'
import type { Geo } from '../geo/geo.ts'
import { type Api, listOf } from '../http/api.ts'
import { baseUrl } from '../http/origin.ts'
import type { Bus } from '../realtime/bus.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { agentAccess } from './agent-access.ts'
import { createAuthenticators } from './authenticators.ts'
import { createOwnAccess } from './own-access.ts'
import { ownAccessRoutes } from './own-routes.ts'
import { passkeyRoutes } from './passkey-routes.ts'
import { createPasskeys } from './passkeys.ts'
import { passwordLinkRoutes } from './password-link-routes.ts'
import { createPasswordLinks } from './password-links.ts'
import type { SignInCookies } from './routes.ts'
import type { Seals } from './seals.ts'
import { createSecondStep } from './second-step.ts'
import { secondStepRoutes } from './second-step-routes.ts'
import type { SignIns } from './sign-ins.ts'

/** Everything that proves who somebody is, besides the password at the sign-in. */
export function accessRoutes(
  api: Api,
  deps: {
    store: Store
    clock: Clock
    bus: Bus
    directory: Directory
    change: Change
    signIns: SignIns
    cookies: SignInCookies
    seals: Seals
    geo?: Pick<Geo, 'locate'> | undefined
    settings: { publicUrl?: string | undefined; port: number }
    mailOn: () => boolean
    log: { error(fact: object, message: string): void }
  },
): void {
  const authenticators = createAuthenticators(deps)
  const passkeys = createPasskeys(deps)
  const links = createPasswordLinks({ ...deps, baseUrl: () => baseUrl(deps.settings) })
  ownAccessRoutes(api, { ...deps, authenticators, passkeys, ownAccess: createOwnAccess(deps) })
  passkeyRoutes(api, { ...deps, passkeys })
  passwordLinkRoutes(api, { links, authenticators })
  secondStepRoutes(api, { secondStep: createSecondStep(deps) })
  api.get(
    '/agent-access',
    {
      config: { who: 'administrator' },
      schema: {
        tags: ['Agents'],
        summary: 'How each account gets in',
        response: { 200: listOf(AgentAccess) },
      },
    },
    async () => ({ items: await deps.store.read((db) => agentAccess(db, deps.clock.now())) }),
  )
}

import type { Me } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { agentView } from '../agents/agent.ts'
import { knowsBrand } from '../agents/rights.ts'
import { brandView } from '../brands/brand.ts'
import type { Picture } from '../directory/directory.ts'
import { baseUrl } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { lacksStep } from './second-step.ts'

/** The only brand's name, or the product's: one brand means the screen never mentions brands. */
export function installationName(picture: Pick<Picture, 'brands'>): string {
  const [first, second] = [...picture.brands.values()]
  return first && !second ? first.name : 'Beckon'
}

export type MeSettings = {
  publicUrl?: string | undefined
  port: number
  hostNames?: boolean | undefined
}

export function meOf(actor: AgentActor, picture: Picture, settings: MeSettings): Me {
  const agent = picture.agents.get(actor.agentId)
  if (!agent) throw new Refusal('not_signed_in', 'This account is gone.')
  return {
    agent: agentView(agent, actor),
    name: installationName(picture),
    publicUrl: baseUrl(settings),
    hostNames: settings.hostNames ?? false,
    ...(lacksStep(actor, picture) && { mustAddStep: true as const }),
    brands: [...picture.brands.values()]
      .filter((brand) => knowsBrand(actor, brand.id))
      .map(brandView),
  }
}

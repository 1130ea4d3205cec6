import { SecondStep } from '@beckon/protocol'
import { type Api, actorOf } from '../http/api.ts'
import type { createSecondStep } from './second-step.ts'

/** Of whom two steps are asked at the sign-in. */
export function secondStepRoutes(
  api: Api,
  { secondStep }: { secondStep: ReturnType<typeof createSecondStep> },
): void {
  const tags = ['Sign-in']
  api.get(
    '/second-step',
    {
      config: { who: 'administrator' },
      schema: { tags, summary: 'Of whom two steps are asked', response: { 200: SecondStep } },
    },
    async () => ({ roles: secondStep.roles() }),
  )
  api.put(
    '/second-step',
    {
      config: { who: 'administrator', fresh: true },
      schema: {
        tags,
        summary: 'Ask two steps of everybody with these roles',
        description:
          'In force at once: whoever is signed in with a password alone may only set up the second step (`second_step_needed`).',
        body: SecondStep,
        response: { 200: SecondStep },
      },
    },
    async (request) => ({ roles: await secondStep.ask(actorOf(request), request.body.roles) }),
  )
}

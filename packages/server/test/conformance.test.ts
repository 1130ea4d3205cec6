import { afterAll, beforeAll } from 'vitest'
import { conformance } from '../../protocol/conformance/conformance.ts'
import { openTarget } from './conformance-target.ts'

let target: Awaited<ReturnType<typeof openTarget>>
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

conformance(() => target)

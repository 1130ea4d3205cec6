import { afterAll, beforeAll } from 'vitest'
import { conformance, dialStream } from '../../protocol/conformance/conformance.ts'
import { openTarget } from './conformance-target.ts'

let target: Awaited<ReturnType<typeof openTarget>>
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

// The same promises where WebSocket is blocked.
conformance(() => ({ ...target, dial: dialStream }), 'stream')

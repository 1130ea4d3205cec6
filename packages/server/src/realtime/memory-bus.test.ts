import { busLaws } from './bus-laws.ts'
import { createMemoryBus } from './memory-bus.ts'

busLaws('memory bus', async () => ({
  bus: createMemoryBus(),
  settle: async () => {},
  close: async () => {},
}))

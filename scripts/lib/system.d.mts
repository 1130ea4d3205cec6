export const chromiumPath: () => string | undefined
export const headlessPath: () => string | undefined
export const postgresFolder: () => string | undefined
export const redisProgram: () => string | undefined
export function ensureSystem(): Promise<string[]>

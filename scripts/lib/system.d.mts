export const chromiumPath: () => string | undefined
export function ensureSystem(): Promise<string[]>

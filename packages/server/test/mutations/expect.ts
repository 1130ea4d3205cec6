import assert from 'node:assert/strict'

/** Vitest's `expect` exists only inside Vitest; these are the few words the model says, for a plain process. */
export const expect = (actual: unknown, message?: string) => {
  const plain = (thing: unknown) => JSON.parse(JSON.stringify(thing ?? null)) as unknown
  const ok = (holds: boolean, what: string) =>
    assert.ok(holds, `${message ?? ''} ${JSON.stringify(actual)} ${what}`)
  const number = Number(actual)
  return {
    toBe: (expected: unknown) => ok(Object.is(actual, expected), `is not ${String(expected)}`),
    toEqual: (expected: unknown) => assert.deepEqual(plain(actual), plain(expected), message),
    toMatchObject: (expected: unknown) => ok(matches(actual, expected), 'does not match'),
    toBeDefined: () => ok(actual !== undefined, 'is not defined'),
    toBeNull: () => ok(actual === null, 'is not null'),
    toBeLessThan: (limit: number) => ok(number < limit, `≥ ${limit}`),
    toBeLessThanOrEqual: (limit: number) => ok(number <= limit, `> ${limit}`),
    toBeGreaterThanOrEqual: (limit: number) => ok(number >= limit, `< ${limit}`),
    not: {
      toBeNull: () => ok(actual !== null, 'is null'),
      toBe: (other: unknown) => ok(!Object.is(actual, other), `is ${String(other)}`),
    },
  }
}

function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected)
  if (typeof actual !== 'object' || actual === null) return false
  if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) return false
  return Object.entries(expected).every(([key, value]) =>
    matches((actual as Record<string, unknown>)[key], value),
  )
}

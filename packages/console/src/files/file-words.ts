import { LIMITS } from '@beckon/protocol'

const UNITS = ['B', 'KB', 'MB'] as const

/** 12 B, 48 KB, 2.4 MB: two figures where the first is small. */
export function sizeWords(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1_000 && unit < UNITS.length - 1) {
    size /= 1_024
    unit += 1
  }
  const figure = unit === 0 || size >= 10 ? Math.round(size).toString() : size.toFixed(1)
  return `${figure} ${UNITS[unit]}`
}

/** Why a file is not even offered. */
export function fileProblem({ size, name }: { size: number; name: string }): string | undefined {
  if (size === 0) return `${name} is empty.`
  if (size > LIMITS.fileBytes) {
    return `${name} has ${sizeWords(size)}. A file may have ${sizeWords(LIMITS.fileBytes)}: send a link instead.`
  }
  return undefined
}

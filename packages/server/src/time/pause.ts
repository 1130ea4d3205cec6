/** Waits by real time and keeps the process alive meanwhile: for databases and networks, which keep their own. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

/** What the promise gives, or the other thing when it takes longer. */
export async function within<T>(ms: number, promise: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(late())
      } catch (error) {
        reject(error)
      }
    }, ms)
  })
  try {
    return await Promise.race([promise, patience])
  } finally {
    clearTimeout(timer)
  }
}

const SLICES = 4

/**
 * What something on the network answers, or the other thing after `ms` in which it gave no sign of
 * life, as `signs` counts them; after `mostMs` in any case. While this process stands still its
 * answers wait to be read: that time counts as a fourth of `ms` at most.
 */
export async function answeredWithin<T>(
  { ms, mostMs, signs }: { ms: number; mostMs: number; signs: () => number },
  promise: Promise<T>,
  late: () => T,
): Promise<T> {
  const slice = ms / SLICES
  let most = mostMs / slice
  let left = SLICES
  let before = signs()
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    const look = () => {
      most -= 1
      left = signs() === before ? left - 1 : SLICES
      before = signs()
      if (left <= 0 || most <= 0) resolve()
      else timer = setTimeout(look, slice)
    }
    timer = setTimeout(look, slice)
  })
  try {
    return await Promise.race([promise, patience.then(late)])
  } finally {
    clearTimeout(timer)
  }
}

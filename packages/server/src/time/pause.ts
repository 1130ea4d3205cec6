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
 * The same with something that answers over the network: while this process stands still its
 * answers wait to be read, and that time does not count beyond a part of `ms`.
 */
export async function answeredWithin<T>(
  ms: number,
  promise: Promise<T>,
  late: () => T,
): Promise<T> {
  let slices = SLICES
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    const wait = () => {
      timer = setTimeout(() => (--slices > 0 ? wait() : resolve()), ms / SLICES)
    }
    wait()
  })
  try {
    return await Promise.race([promise, patience.then(late)])
  } finally {
    clearTimeout(timer)
  }
}

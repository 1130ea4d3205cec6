/** What is rarely needed comes when it is; what the network failed to bring is asked for again. */
export function lazily<T>(
  bring: () => Promise<T>,
  use: (brought: T) => void,
  failed?: () => void,
): () => void {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    bring().then(use, () => {
      asked = false
      failed?.()
    })
  }
}

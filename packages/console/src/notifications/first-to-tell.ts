/** As long as tabs may hear of one thing at different moments. */
const TOLD_FOR_MS = 8_000
/** The tab somebody looks at comes first. */
const OTHERS_WAIT_MS = 300

/** Of several tabs of the console one tells a thing: the one that is looked at, if there is one. */
export async function firstToTell(key: string): Promise<boolean> {
  if (!('locks' in navigator)) return true
  if (document.hidden) await after(OTHERS_WAIT_MS)
  return new Promise((tell) => {
    void navigator.locks.request(`beckon told ${key}`, { ifAvailable: true }, (lock) => {
      tell(lock !== null)
      return lock ? after(TOLD_FOR_MS) : undefined
    })
  })
}

const after = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Plain progress lines, the same for a person and for a log. */
const started = Date.now()

export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Runs `work` and says how long it took; long work says that it is still alive. */
export async function step(title, work, hint = '') {
  const from = Date.now()
  say(`· ${title} …${hint && ` (${hint})`}`)
  const alive = setInterval(
    () => say(`  ${title}: still at it, ${Math.round((Date.now() - from) / 1000)} s`),
    20_000,
  )
  try {
    return await work()
  } finally {
    clearInterval(alive)
    const took = (Date.now() - from) / 1000
    if (took > 2) say(`  ${title}: done in ${took.toFixed(0)} s`)
  }
}

export const elapsed = () => `${((Date.now() - started) / 1000).toFixed(0)} s`

/** Ends with a sentence and no stack: for what the person can mend. */
export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

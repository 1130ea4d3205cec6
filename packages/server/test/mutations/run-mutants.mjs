// One process for many bundles: what is not bundled is loaded once. Says one line of JSON for each.
// A fault nobody waited for is a failure of whichever bundle runs.
const [runs, ...bundles] = process.argv.slice(2)
let fault
process.on('unhandledRejection', (error) => {
  fault ??= String(error)
})
for (const bundle of bundles) {
  fault = undefined
  const { failure } = await import(bundle)
  const why = (await failure(Number(runs))) ?? fault
  process.stdout.write(`${JSON.stringify({ bundle, why })}\n`)
}
process.exit(0)

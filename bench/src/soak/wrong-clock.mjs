/* Loaded into a node before everything else: its clock is wrong, and is set back an hour when told. */
let wrongBy = Number(process.env.WRONG_BY_MS)
const RealDate = Date
const HOUR_MS = 3_600_000

globalThis.Date = class extends RealDate {
  constructor(...when) {
    if (when.length === 0) super(RealDate.now() + wrongBy)
    else super(...when)
  }
  static now() {
    return RealDate.now() + wrongBy
  }
}
process.on('SIGUSR2', () => {
  wrongBy -= HOUR_MS
})

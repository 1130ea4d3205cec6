import { listAlone } from '../measures/list-alone.ts'
import { cores, kilobytes, whole } from '../report/figures.ts'
import { type Part, scaled } from './part.ts'

const VISITS = scaled(200_000)

export const list: Part = {
  name: 'list',
  title: 'The list alone',
  how: 'No sockets and no disk; time is simulated, and the figure is CPU time by simulated time, so it holds on a busy machine too. Afterwards every window and the totals are compared with a look from the start.',
  async run({ note }) {
    const measured = await listAlone(VISITS)
    const { visits, changesPerSecond, views, wrong } = measured
    note(
      `${whole(visits)} visits, ${whole(changesPerSecond)} changes a second, ${views} views`,
      cores(measured.cores),
      { text: '≤ 0.5 cores', got: measured.cores, most: 0.5 },
    )
    note('memory of a visit in it', kilobytes(measured.bytesPerVisit))
    note('windows and totals that were wrong afterwards', whole(wrong), {
      text: '0',
      got: wrong,
      most: 0,
    })
  },
}

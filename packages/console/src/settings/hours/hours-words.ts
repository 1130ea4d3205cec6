import type { DepartmentView } from '@beckon/protocol'

type Stated = Pick<DepartmentView, 'hours' | 'open' | 'changesAt'>

/** “Open until Fri 17:00”, on the clocks of the department. */
export function hoursWords({ hours, open, changesAt }: Stated): string {
  if (!hours) return 'Open at any time'
  if (changesAt === undefined) return open ? 'Open all day, every day' : 'Closed'
  const at = whenOf(changesAt, hours.timeZone)
  return open ? `Open until ${at}` : `Closed until ${at}`
}

function whenOf(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('weekday')} ${part('hour')}:${part('minute')}`
}

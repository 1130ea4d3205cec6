import type { Log } from '../log.ts'
import type { Settings } from '../settings/settings.ts'
import {
  forgetChats,
  forgetInvitations,
  forgetOfflineMessages,
  forgetVisitors,
  forgetVisits,
} from '../store/retention.ts'
import type { Store } from '../store/store.ts'
import { type Clock, days, minutes } from '../time/clock.ts'

type Kept = Pick<
  Settings,
  'keepDays' | 'keepChatDays' | 'keepInvitationDays' | 'keepOfflineDays' | 'idleMinutes'
>

/** Deletes what has been kept as long as the settings say (W21): hourly, and soon after the start for installations that never run long. */
export function keepRetention(deps: {
  store: Store
  clock: Clock
  log: Log
  settings: Kept
}): () => Promise<void> {
  const { store, clock, log, settings } = deps
  let running: Promise<unknown> = Promise.resolve()
  const forget = () => {
    running = forgetOld(store, clock.now(), settings).then(
      (gone) =>
        Object.values(gone).some((rows) => rows > 0) && log.info(gone, 'what was old was deleted'),
      (error: unknown) => log.error({ err: error }, 'what was old could not be deleted'),
    )
  }
  const stops = [clock.after(minutes(1), forget), clock.every(minutes(60), forget)]
  return async () => {
    for (const stop of stops) stop()
    await running
  }
}

/** Visitors last: they stay as long as anything of theirs does. */
async function forgetOld(store: Store, now: number, kept: Kept) {
  // A visit within the idle limit may still be in the list.
  const before = now - Math.max(days(kept.keepDays), 2 * minutes(kept.idleMinutes))
  const after = (keep: number | undefined, forgetThem: typeof forgetChats) =>
    keep === undefined ? 0 : forgetThem(store, now - days(keep))
  return {
    visits: await forgetVisits(store, before),
    chats: await after(kept.keepChatDays, forgetChats),
    invitations: await after(kept.keepInvitationDays, forgetInvitations),
    offlineMessages: await after(kept.keepOfflineDays, forgetOfflineMessages),
    visitors: await forgetVisitors(store, before),
  }
}

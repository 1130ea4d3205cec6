import type { Act } from './act.ts'

/** Histories that once failed, walked first every time. */
export const FROZEN: readonly [Act[]][] = [
  [
    [
      {
        do: 'invite',
        a: 'ada',
        v: 0,
        g: 'supportGroup',
        template: 'Hello #displayname|there#, can I help?',
        replace: false,
        again: false,
      },
      { do: 'viewed', v: 0, t: 0, foreign: false },
      // Said again a minute later it is typing a minute later: the deadline moves.
      { do: 'typing', v: 0, t: 0, foreign: false },
      { do: 'tick', ms: 60_000 },
      { do: 'tick', ms: 1 },
      { do: 'repeat' },
      { do: 'restart' },
    ],
  ],
]

import type { OwnSignIn } from '@beckon/protocol'
import { Laptop, Smartphone, Tablet } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Pill } from '../parts/pill.tsx'
import { toast } from '../parts/toast-queue.ts'
import { serverClock } from '../server-clock.ts'
import { whenWords } from '../whos-on/details/times.ts'
import { countryName } from '../whos-on/visitor-words.ts'
import { readAgain } from './own-access-query.ts'
import { OwnRow, OwnRows, OwnSection } from './own-section.tsx'

/** Every browser that is signed in to this account. */
export function SignInsSection({ signIns }: { signIns: readonly OwnSignIn[] }) {
  const [busy, setBusy] = useState<string>()
  const others = signIns.filter(({ here }) => !here)
  const sorted = [...signIns.filter(({ here }) => here), ...others]

  async function end(key: string, act: () => Promise<unknown>, done: string) {
    setBusy(key)
    try {
      await act()
      toast.show({ text: done })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    await readAgain()
    setBusy(undefined)
  }

  return (
    <OwnSection
      name="Where you are signed in"
      lead="A browser you do not know should be signed out, and the password changed."
      act={
        others.length > 0 && (
          <Button
            variant="danger"
            busy={busy === 'all' && 'Signing out…'}
            onClick={() =>
              void end(
                'all',
                () => api('POST', '/me/sign-ins/end-others'),
                'Signed out everywhere else',
              )
            }
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      <OwnRows>
        {sorted.map((one) => {
          const Icon =
            one.device === 'phone' ? Smartphone : one.device === 'tablet' ? Tablet : Laptop
          const words = browserWords(one)
          return (
            <OwnRow
              key={one.id}
              icon={<Icon size={16} />}
              name={
                <span className="flex flex-wrap items-center gap-2">
                  {words}
                  {one.here && <Pill hue="green">This browser</Pill>}
                </span>
              }
              second={`${placeWords(one)} · ${seenWords(one)}`}
              acts={
                !one.here && (
                  <Button
                    aria-label={`Sign out ${words}, ${seenWords(one)}`}
                    busy={busy === one.id && 'Signing out…'}
                    onClick={() =>
                      void end(
                        one.id,
                        () => api('DELETE', `/me/sign-ins/${one.id}`),
                        `Signed out: ${words}`,
                      )
                    }
                  >
                    Sign out
                  </Button>
                )
              }
            />
          )
        })}
      </OwnRows>
    </OwnSection>
  )
}

const browserWords = ({ browser, os }: OwnSignIn): string =>
  [browser, os].filter(Boolean).join(' on ') || 'A program without a browser'

const placeWords = ({ city, country, ip }: OwnSignIn): string =>
  [[city, country && countryName(country)].filter(Boolean).join(', '), ip]
    .filter(Boolean)
    .join(' · ')

function seenWords({ here, lastSeenAt, startedAt }: OwnSignIn): string {
  const now = serverClock.now()
  return here ? `signed in ${whenWords(startedAt, now)}` : `last seen ${whenWords(lastSeenAt, now)}`
}

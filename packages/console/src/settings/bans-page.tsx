import type { BanView } from '@beckon/protocol'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Ban, Globe, Plus, User } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { momentWords, untilWords, whomWords } from '../bans/ban-words.ts'
import { bansQuery } from '../bans/bans-query.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { toast } from '../parts/toast-queue.ts'
import { meQuery, queryClient } from '../queries.ts'
import { serverClock } from '../server-clock.ts'
import { BanForm } from './ban-form.tsx'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

/** Who is kept out, by whom and until when; for managers (C12). */
export function BansPage() {
  const bans = useQuery(bansQuery)
  const { data: me } = useSuspenseQuery(meQuery)
  const [adding, setAdding] = useState(false)
  return (
    <SettingsPage
      title="Bans"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Ban an address
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Whoever is banned is not in Who's On, gets no invitation and cannot start a chat. Ban a
        visitor from Who's On or from their chat.
      </p>
      <List
        query={bans}
        keyOf={(ban) => ban.id}
        empty={
          <Empty
            drawing={<Ban size={56} strokeWidth={1} />}
            fact="Nobody is banned"
            next="Select a visitor in Who's On, then Actions and Ban."
          />
        }
      >
        {(ban) => (
          <Row
            ban={ban}
            brand={
              me.brands.length > 1
                ? me.brands.find(({ id }) => id === ban.brandId)?.name
                : undefined
            }
          />
        )}
      </List>
      {adding && <BanForm brands={me.brands} onClose={() => setAdding(false)} />}
    </SettingsPage>
  )
}

function Row({ ban, brand }: { ban: BanView; brand: string | undefined }) {
  const [busy, setBusy] = useState(false)
  const now = serverClock.now()
  const whom = whomWords(ban)
  const Icon = ban.visitorId === undefined ? Globe : User

  async function lift() {
    setBusy(true)
    try {
      await api('DELETE', `/bans/${ban.id}`)
      toast.show({ text: `Lifted: ${whom}`, second: 'From their next page on they can visit.' })
    } catch (thrown) {
      toast.show({ text: `Not lifted: ${sentenceOf(thrown)}` })
    }
    await queryClient.invalidateQueries({ queryKey: bansQuery.queryKey })
    setBusy(false)
  }

  return (
    <div className="flex min-h-[60px] items-center gap-3 px-2 py-2">
      <Icon size={16} className="flex-none text-text-3" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="min-w-0 font-medium wrap-anywhere select-text">{whom}</span>
          <span className="text-small text-text-2">{untilWords(ban.until, now)}</span>
        </p>
        {ban.reason && <p className="text-small wrap-anywhere text-text-2">{ban.reason}</p>}
        <p className="text-small text-text-3">
          {[
            brand,
            `${ban.agentName}, ${momentWords(ban.createdAt, now)}`,
            ban.matchedAt !== undefined && matchWords(ban.matches, ban.matchedAt, now),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Button
        busy={busy && 'Lifting…'}
        aria-label={`Lift the ban of ${whom}`}
        onClick={() => void lift()}
      >
        Lift
      </Button>
    </div>
  )
}

const matchWords = (matches: number, last: number, now: number): string =>
  `turned away ${matches === 1 ? 'once' : `${matches} times`}, last ${momentWords(last, now)}`

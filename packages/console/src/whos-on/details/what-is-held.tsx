import type { VisitRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { toast } from '../../parts/toast-queue.ts'
import { meQuery } from '../../queries.ts'
import { DeleteButton } from '../../settings/delete-button.tsx'

type Erased = { visits: number; chats: number }

/** Handing over and erasing all that is held of a visitor; for managers and administrators (W21). */
export function WhatIsHeld({ row }: { row: VisitRow }) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [busy, setBusy] = useState(false)
  const may = me.agent.roles.some((role) => role === 'manager' || role === 'administrator')
  if (!may) return null
  const path = `/visitors/${row.visitorId}`

  async function handOver() {
    setBusy(true)
    try {
      const held = await api<object>('GET', `${path}/export`)
      save(JSON.stringify(held, null, 2), `visitor-${row.visitorId}.json`)
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(false)
  }

  async function erase() {
    const { visits, chats } = await api<Erased>('DELETE', path)
    toast.show({ text: `Erased: ${counted(visits, 'visit')}, ${counted(chats, 'chat')}` })
  }

  return (
    <section className="mt-6 border-t border-line pt-3.5">
      <h3 className="text-small text-text-3">Held about this visitor</h3>
      <p className="mt-1 mb-2.5 text-small text-text-3">
        Visits, pages, chats, invitations, notes and tags
        {row.who.verified && ', in every browser of this person'}.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          icon={<Download size={14} aria-hidden />}
          busy={busy && 'Exporting…'}
          onClick={() => void handOver()}
        >
          Export
        </Button>
        <DeleteButton
          label="Erase…"
          title={`Erase ${row.who.text}?`}
          goes="Everything held about this visitor goes, also chats and notes, and cannot be brought back. If they are here, their connection ends, and they come back as a stranger."
          verb={['Erase', 'Erasing…']}
          onDelete={erase}
        />
      </div>
    </section>
  )
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

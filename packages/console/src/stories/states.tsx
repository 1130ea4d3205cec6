// biome-ignore-all lint/a11y/useSemanticElements: the row is the list’s own, and wants its grid around it
import type { AgentId, BrandId } from '@beckon/protocol'
import type { ReactNode } from 'react'
import { InvitationNotice, type Notice } from '../invitation/invitation-notice.tsx'
import type { Freshness } from '../live/freshness.ts'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { type CellContext, SHIPPED_LIMITS } from '../whos-on/cells.tsx'
import { GridRow } from '../whos-on/grid-row.tsx'
import { InvitationStateView } from '../whos-on/invitation-state.tsx'
import { ROW_HEIGHT, SHIPPED_LAYOUT, tracks } from '../whos-on/layout.ts'
import { PHONE_ROW } from '../whos-on/phone-item.tsx'
import { STATUS_WORDS, StatusMark } from '../whos-on/status-mark.tsx'
import { SAMPLE_CHATS, SAMPLE_INVITATIONS, SAMPLE_ROWS, SHOP, sampleInvitation } from './samples.ts'
import { Story } from './story.tsx'

const nothing = () => {}

/** Each state of UI §2.2 once: the same shape, hue and word everywhere. */
export const States = () => (
  <>
    <Story name="Visitor status">
      {(['active', 'pending', 'removed'] as const).map((status) => (
        <span key={status} className="inline-flex items-center gap-1.5 text-text-2">
          <StatusMark status={status} /> {STATUS_WORDS[status]}
        </span>
      ))}
    </Story>
    <Story name="Invitation">
      {SAMPLE_INVITATIONS.map((invitation) => (
        <Cell key={`${invitation.state} ${invitation.reason} ${invitation.typing}`}>
          <InvitationStateView of={{ invitation }} />
        </Cell>
      ))}
    </Story>
    <Story name="Chat">
      {SAMPLE_CHATS.map((chat) => (
        <Cell key={chat.id}>
          <InvitationStateView of={{ chat }} />
        </Cell>
      ))}
    </Story>
    <Story name="Freshness">
      {FRESH.map((freshness) => (
        <FreshnessPill key={freshness.label} freshness={freshness} />
      ))}
    </Story>
    <Rows name="Rows, comfortable" height={ROW_HEIGHT.comfortable} />
    <Rows name="Rows, compact" height={ROW_HEIGHT.compact} compact />
    <Rows name="Rows, old" height={ROW_HEIGHT.comfortable} ink="old-list" />
    <Rows name="Rows, offline" height={ROW_HEIGHT.comfortable} ink="old-list offline" />
    <Rows name="Rows on a phone" height={PHONE_ROW} phone />
    <Story name="What stands in the way of an invitation">
      {NOTICES.map((notice) => (
        <div key={notice.kind} className="w-full">
          <InvitationNotice
            notice={notice}
            onReplace={nothing}
            onOpenChat={nothing}
            onClose={nothing}
          />
        </div>
      ))}
    </Story>
  </>
)

const FRESH: readonly Freshness[] = [
  { kind: 'connecting', label: 'Connecting…' },
  { kind: 'live', label: 'Live · 0.3 s' },
  { kind: 'busy', label: 'Every 2 s, busy' },
  { kind: 'old', label: '6 s old' },
  { kind: 'stale', label: '14 s old', ageMs: 14_000 },
  { kind: 'offline', label: 'Offline' },
]

const NOTICES: readonly Notice[] = [
  {
    kind: 'invited',
    invitation: sampleInvitation('viewed', { agentId: 'tomasz' as AgentId, agentName: 'Tomasz' }),
  },
  { kind: 'in_chat', chatId: 'chat' },
  { kind: 'gone' },
  { kind: 'away', who: 'Marta Kowalczyk' },
  { kind: 'stale' },
  { kind: 'refused', message: 'This group takes no chats now. Choose another one.' },
]

const Cell = ({ children }: { children: ReactNode }) => (
  <span className="flex w-44 min-w-0">{children}</span>
)

const SITES: CellContext['sites'] = new Map([
  [SHOP, { id: SHOP, brandId: 'brand' as BrandId, name: 'Shop', color: 0, off: false }],
])

type RowsProps = { name: string; height: number; compact?: true; phone?: true; ink?: string }

function Rows({ name, height, compact = undefined, phone, ink = '' }: RowsProps) {
  const { columns } = SHIPPED_LAYOUT
  const context = { compact: compact === true, sites: SITES, limits: SHIPPED_LIMITS }
  return (
    <Story name={name}>
      <div
        role="grid"
        aria-label={name}
        className={`relative w-full overflow-x-auto ${phone ? 'max-w-[390px]' : ''} ${ink}`}
        style={{ height: SAMPLE_ROWS.length * height }}
      >
        <div className={phone ? '' : 'relative min-w-[860px]'}>
          {SAMPLE_ROWS.map((row, index) => (
            <GridRow
              key={row.id}
              row={row}
              index={index}
              top={index * height}
              height={height}
              columns={columns}
              phone={phone === true}
              context={context}
              colleagues={[]}
              template={phone ? '24px minmax(0,1fr)' : tracks(SHIPPED_LAYOUT)}
              checked={index === 1 || index === 2}
              open={index === 2}
              cursor={index === 0}
              isNew={false}
              onPick={nothing}
              onCheck={nothing}
            />
          ))}
        </div>
      </div>
    </Story>
  )
}

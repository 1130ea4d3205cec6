import type {
  AgentId,
  BoardState,
  ChatNote,
  ChatNoteId,
  DepartmentId,
  GroupId,
  TransferTarget,
} from '@beckon/protocol'
import { Board } from '../board/board-screen.tsx'
import { LineView } from '../chats/line-view.tsx'
import { Targets } from '../chats/transfer-popover.tsx'
import { Story } from './story.tsx'

const nothing = () => {}

/** What agents do with a chat besides answering it. */
export const Together = () => (
  <>
    <Story name="Notes, whisper, comment">
      <div className="flex w-full flex-col gap-2">
        {NOTES.map((note) => (
          <LineView
            key={note.id}
            line={{ kind: 'note', key: note.id, note, own: note.kind === 'note' }}
            connected
            onRetry={nothing}
            onDiscard={nothing}
          />
        ))}
      </div>
    </Story>
    <Story name="Transfer">
      <div className="w-[308px]">
        <Targets targets={TARGETS} first={SALES} onTransfer={async () => {}} />
      </div>
    </Story>
    <Story name="Board: live, old, empty">
      {[
        { state: BOARD, live: true },
        { state: BOARD, live: false },
        { state: { groups: {}, agents: {} }, live: true },
      ].map((board) => (
        <div key={JSON.stringify(board)} className="w-full">
          <Board {...board} />
        </div>
      ))}
    </Story>
  </>
)

const ANA = 'agent-ana' as AgentId
const BEN = 'agent-ben' as AgentId
const SALES = 'group-sales' as GroupId
const now = Date.now()

const note = (kind: ChatNote['kind'], text: string): ChatNote => ({
  id: `note-${kind}` as ChatNoteId,
  kind,
  agentId: ANA,
  agentName: 'Ana Duarte',
  text,
  at: now,
})
const NOTES = [
  note('note', 'She rode a 54 Tarn in our Kraków shop last week and found the reach long.'),
  note('whisper', 'Offer the fitting for nothing.'),
  note('transfer', 'Wants an invoice for seventy frames, see https://shop.example/orders/20377.'),
]

const TARGETS: TransferTarget[] = [
  {
    groupId: SALES,
    name: 'Orders and delivery',
    department: 'Sales',
    brand: 'Ridgeline',
    agents: [
      { agentId: ANA, name: 'Ana Duarte', activeChats: 2, chatLimit: 3 },
      { agentId: BEN, name: 'Ben', activeChats: 3, chatLimit: 3, off: 'has 3 of 3 chats' },
    ],
  },
]

const BOARD: BoardState = {
  groups: {
    [SALES]: {
      id: SALES,
      name: 'Orders and delivery',
      departmentId: 'department-sales' as DepartmentId,
      department: 'Sales',
      brand: 'Ridgeline',
      liveChat: true,
      queued: 2,
      waitingSince: now - 95_000,
      active: 5,
      members: [
        { agentId: ANA, active: true },
        { agentId: BEN, active: false },
      ],
    },
  },
  agents: {
    [ANA]: {
      id: ANA,
      name: 'Ana Duarte',
      available: true,
      connected: true,
      activeChats: 3,
      chatLimit: 3,
    },
    [BEN]: {
      id: BEN,
      name: 'Ben',
      available: false,
      connected: false,
      activeChats: 0,
      chatLimit: 3,
    },
  },
}

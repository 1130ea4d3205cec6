import { ChevronDown } from 'lucide-react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { useTopic } from '../live/use-topic.ts'
import { useNotifyMenu } from '../notifications/notify-menu.ts'
import { Menu } from '../parts/menu.tsx'
import { toast } from '../parts/toast-queue.ts'
import { setAvailable } from './set-available.ts'

const say = (thrown: unknown) => void toast.show({ text: sentenceOf(thrown) })

/** The agent's own switch for new chats, and where they are active. */
export function Availability() {
  const { state: me, fresh } = useTopic<'me'>({ topic: 'me' })
  const tellMe = useNotifyMenu()
  if (!me) return null
  const { available, groups, activeChats, chatLimit } = me
  const off =
    fresh === 'live' ? undefined : 'Not now: the connection is lost. Trying again by itself.'
  const set = (on: boolean) => on !== available && setAvailable(on, activeChats)
  const full = activeChats >= chatLimit

  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className="flex h-[30px] flex-none items-center gap-2 rounded-button border border-line-strong bg-surface px-3 hover:bg-hover"
        >
          <span
            aria-hidden
            className={`size-2 rounded-full ${available ? 'bg-green' : 'shadow-[inset_0_0_0_1.5px_var(--gray)]'}`}
          />
          <span className="font-medium max-[430px]:sr-only">
            {available ? 'Available' : 'Unavailable'}
          </span>
          <span
            className={`tabular-nums max-lg:hidden ${full ? 'text-amber-text' : 'text-text-2'}`}
          >
            {activeChats} of {chatLimit} chats
          </span>
          <ChevronDown size={14} aria-hidden />
        </button>
      }
      groups={[
        {
          heading: 'New chats',
          items: [
            { label: 'Available', checked: available, off, stay: true, onSelect: () => set(true) },
            {
              label: 'Unavailable',
              checked: !available,
              off,
              stay: true,
              onSelect: () => set(false),
            },
          ],
        },
        {
          heading: 'Active in',
          items: groups.map((group) => ({
            label:
              groups.filter(({ name }) => name === group.name).length > 1
                ? `${group.name}, ${group.department}`
                : group.name,
            checked: group.active,
            off,
            stay: true,
            onSelect: () =>
              void sendCommand({
                type: 'group.setActive',
                groupId: group.id,
                active: !group.active,
              }).catch(say),
          })),
        },
        tellMe,
      ]}
      note="Chats you invited come to you either way."
    />
  )
}

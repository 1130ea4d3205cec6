import type { ChatRow, FoundVisit, Me, MeState, VisitRow } from '@beckon/protocol'
import { Command } from 'cmdk'
import { MessagesSquare, Search, User } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Place } from '../frame/places.ts'
import { commandKey, Kbd } from '../parts/kbd.tsx'
import { toast } from '../parts/toast-queue.ts'
import { lettersAreOff } from '../preferences/use-preferences.ts'
import { serverClock } from '../server-clock.ts'
import { SECTIONS } from '../settings/settings-page.tsx'
import { agoSentence } from '../whos-on/clock-words.ts'
import { FIELD_WORDS } from '../whos-on/condition-words.ts'
import { visitorActs } from '../whos-on/visitor-acts.ts'
import { pathOf } from '../whos-on/visitor-words.ts'
import { setPaletteOpen } from './open-palette.ts'
import { fits, paletteCommands } from './palette-commands.ts'
import { PALETTE_ICONS } from './palette-icons.tsx'
import { Group, Line } from './palette-line.tsx'
import { usePaletteFinds } from './use-palette-finds.ts'
import { usePaletteRun } from './use-palette-run.ts'

const InvitationDialog = lazy(async () => ({
  default: (await import('../invitation/invitation-dialog.tsx')).InvitationDialog,
}))

type PaletteProps = {
  open: boolean
  me: Me
  standing: MeState | undefined
  places: readonly Place[]
  onKeys: () => void
}

/** Everything one can go to or do, by its name (UI §4.5). */
export function Palette({ open, ...props }: PaletteProps) {
  const [invited, setInvited] = useState<VisitRow>()
  return (
    <>
      <Radix.Root open={open} onOpenChange={setPaletteOpen}>
        <Radix.Portal>
          {/* Our own scrim: Radix's overlay writes a style element into the page, which our policy refuses. */}
          <div className="fixed inset-0 z-40 animate-fade bg-scrim" aria-hidden />
          <Radix.Content
            aria-describedby={undefined}
            className="fixed top-[12dvh] left-1/2 z-40 flex max-h-[70dvh] w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 animate-fade flex-col overflow-hidden rounded-dialog bg-popover shadow-dialog outline-none"
          >
            <Radix.Title className="sr-only">Search or jump to</Radix.Title>
            <PaletteBody {...props} onInvite={setInvited} />
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      {invited && (
        <Suspense>
          <InvitationDialog
            visits={[invited]}
            agentId={props.me.agent.id}
            onClose={() => setInvited(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

const GROUPS = { go: 'Go to', do: 'Do', settings: 'Settings' } as const

type BodyProps = Omit<PaletteProps, 'open'> & { onInvite: (row: VisitRow) => void }

function PaletteBody({ me, standing, places, onKeys, onInvite }: BodyProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState('')
  const { roles } = me.agent
  const may = roles.includes('agent') || roles.includes('manager')
  const finds = usePaletteFinds(typed, may)
  const run = usePaletteRun({ onKeys, openChats: standing?.activeChats ?? 0 })
  const commands = paletteCommands({
    places,
    roles,
    standing,
    pages: SECTIONS.flatMap(({ pages }) => [...pages]),
    dark: document.documentElement.classList.contains('dark'),
    lettersOff: lettersAreOff(),
  }).filter((command) => fits(command, typed.trim()))
  // What comes first is chosen until the agent chooses; visitors come a moment after the rest.
  const moved = useRef(false)
  const [firstVisitor] = finds.visitors
  const [firstChat] = finds.chats
  const [firstCommand] = commands
  const first = firstVisitor
    ? `visit ${firstVisitor.id}`
    : firstChat
      ? `chat ${firstChat.id}`
      : firstCommand && `${firstCommand.group} ${firstCommand.name}`
  useEffect(() => {
    if (!moved.current) setAt(first ?? '')
  }, [first])
  const pointed = finds.visitors.find(({ id }) => at === `visit ${id}`)
  const nothing =
    finds.visitors.length + finds.chats.length + commands.length === 0 && !finds.looking

  const invite = (row: VisitRow) => {
    const reason = roles.includes('agent') ? visitorActs([row]).invite : 'Only agents may invite.'
    setPaletteOpen(false)
    if (reason) toast.show({ text: reason })
    else onInvite(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow')) moved.current = true
    if (!commandKey(event)) return
    if (event.key.toLowerCase() === 'i' && pointed) {
      event.preventDefault()
      invite(pointed)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      const chat = finds.chats.find(({ id }) => at === `chat ${id}`)
      const command = commands.find(({ name, group }) => at === `${group} ${name}`)
      if (pointed) run.visitor(pointed, true)
      else if (chat) run.chat(chat, true)
      else if (command) run.command(command, true)
    }
  }

  return (
    <Command
      label="Search or jump to"
      shouldFilter={false}
      loop
      value={at}
      onValueChange={setAt}
      onKeyDownCapture={onKeyDown}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-12 flex-none items-center gap-3 border-b border-line px-4">
        <Search size={17} aria-hidden className="flex-none text-text-3" />
        <Command.Input
          value={typed}
          onValueChange={(text) => {
            moved.current = false
            setTyped(text)
          }}
          maxLength={100}
          placeholder={may ? 'A visitor, a chat, or what to do' : 'Where to go, or what to do'}
          className="min-w-0 flex-1 bg-transparent text-read outline-none placeholder:text-text-3 max-md:text-[16px]"
        />
        <Kbd keys="Esc" />
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {finds.visitors.length > 0 && (
          <Group heading="Visitors on the site">
            {finds.visitors.map((row) => (
              <Line
                key={row.id}
                value={`visit ${row.id}`}
                icon={<User size={16} aria-hidden />}
                name={row.who.text}
                more={foundWords(row)}
                asked={typed}
                onSelect={() => run.visitor(row)}
                end={
                  at === `visit ${row.id}` && (
                    <span className="flex items-center gap-1.5">
                      <Kbd keys="⌘I" tone="accent" /> Invite
                    </span>
                  )
                }
              />
            ))}
          </Group>
        )}
        {finds.chats.length > 0 && (
          <Group heading="Chats">
            {finds.chats.map((chat) => (
              <Line
                key={chat.id}
                value={`chat ${chat.id}`}
                icon={<MessagesSquare size={16} aria-hidden />}
                name={chat.who.text}
                more={chatWords(chat)}
                asked={typed}
                onSelect={() => run.chat(chat)}
              />
            ))}
          </Group>
        )}
        {(['go', 'do', 'settings'] as const).map((group) => {
          const own = commands.filter((command) => command.group === group)
          return own.length === 0 ? null : (
            <Group key={group} heading={GROUPS[group]}>
              {own.map((command) => (
                <Line
                  key={command.name}
                  value={`${group} ${command.name}`}
                  icon={PALETTE_ICONS[command.icon]}
                  name={command.name}
                  asked={typed}
                  onSelect={() => run.command(command)}
                  end={command.keys?.map((key) => (
                    <Kbd
                      key={key}
                      keys={key}
                      tone={at === `${group} ${command.name}` ? 'accent' : 'plain'}
                    />
                  ))}
                />
              ))}
            </Group>
          )
        })}
        {nothing && (
          <p className="px-2.5 py-3 text-text-3" role="status">
            {finds.failed
              ? 'Visitors and chats could not be searched now. Try again in a moment.'
              : `Nothing here has “${typed.trim()}”.`}
          </p>
        )}
      </Command.List>
    </Command>
  )
}

/** What held the words: that the page, else the name, says so itself. */
const foundWords = ({ foundBy, title, url }: FoundVisit): string => {
  const page = title || pathOf(url)
  if (!foundBy || foundBy.field === 'title') return page
  const { field, key, value } = foundBy
  return `${key ?? FIELD_WORDS[field]}: ${field === 'url' || field === 'landing' ? pathOf(value) : value}`
}

const chatWords = (chat: ChatRow): string =>
  chat.endedAt === undefined
    ? `number ${chat.number}, open now`
    : `${agoSentence(serverClock.now() - chat.endedAt)}${chat.agentName ? ` with ${chat.agentName}` : ''}`

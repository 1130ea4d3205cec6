import { useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useDelivered } from '../chats/use-delivered.ts'
import { KeyboardSheet } from '../help/keyboard-sheet.tsx'
import { InvitationToasts } from '../invitation/invitation-toasts.tsx'
import { useTopic } from '../live/use-topic.ts'
import { AwayQuestion } from '../notifications/away-question.tsx'
import { DeskNotices } from '../notifications/desk-notices.tsx'
import { NotificationsDialog } from '../notifications/notifications-dialog.tsx'
import { unreadOffline } from '../offline/offline-lists.ts'
import { usePaletteOpen } from '../palette/open-palette.ts'
import { meQuery } from '../queries.ts'
import { OwnMenu } from './own-menu.tsx'
import { placesFor } from './places.ts'
import { Rail } from './rail.tsx'
import { useGoKeys } from './use-go-keys.ts'
import { useHandOffNews } from './use-hand-off-news.ts'
import { waitingForMe } from './waiting-for-me.ts'

const Palette = lazy(async () => ({
  default: (await import('../palette/palette.tsx')).Palette,
}))

/** `64 px rail | sheet`; the screen fills the sheet and begins with its TopBar. */
export function Frame() {
  const { data: me } = useSuspenseQuery(meQuery)
  const { roles } = me.agent
  const answers = roles.includes('agent') || roles.includes('manager')
  const { state: standing } = useTopic<'me'>(answers ? { topic: 'me' } : null)
  const { state: chats } = useTopic<'chats'>(answers ? { topic: 'chats' } : null)
  useHandOffNews(chats, standing?.agentId)
  useDelivered(chats, standing?.agentId)
  const { state: offline } = useTopic<'offline'>(answers ? { topic: 'offline' } : null)
  const waiting =
    (standing && chats ? waitingForMe(chats, standing) : 0) + (offline ? unreadOffline(offline) : 0)
  const places = useMemo(() => placesFor(roles), [roles])
  const [keysOpen, setKeysOpen] = useState(false)
  const showKeys = useCallback(() => setKeysOpen(true), [])
  const paletteOpen = usePaletteOpen()
  useGoKeys(places, standing, showKeys)
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${me.name}` : me.name
  }, [waiting, me.name])
  return (
    <div className="flex h-dvh bg-canvas max-md:flex-col-reverse">
      <Rail
        places={places}
        badges={{ chats: waiting }}
        foot={
          <OwnMenu
            me={me}
            available={roles.includes('agent') ? standing?.available : undefined}
            openChats={standing?.activeChats ?? 0}
          />
        }
      />
      <div className="relative my-2 me-2 flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-sheet bg-surface shadow-sheet max-md:m-0 max-md:rounded-none max-md:shadow-none">
        <Outlet />
      </div>
      {roles.includes('agent') && (
        <>
          <InvitationToasts />
          <DeskNotices />
          <AwayQuestion />
          <NotificationsDialog />
        </>
      )}
      <Suspense>
        <Palette open={paletteOpen} me={me} standing={standing} places={places} onKeys={showKeys} />
      </Suspense>
      <KeyboardSheet open={keysOpen} onOpenChange={setKeysOpen} />
    </div>
  )
}

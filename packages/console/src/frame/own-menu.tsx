import type { Me } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { KeyRound, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Menu } from '../parts/menu.tsx'
import { chooseTheme, chosenTheme, type Theme } from '../theme.ts'
import { setAvailable } from './set-available.ts'
import { useSignOut } from './sign-out.tsx'

const THEMES: { value: Theme; label: string; icon: React.ReactNode }[] = [
  { value: 'system', label: 'As the system', icon: <Monitor size={16} aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun size={16} aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon size={16} aria-hidden /> },
]

const wordOf = (available: boolean) => (available ? 'available' : 'unavailable')

type OwnMenuProps = { me: Me; available: boolean | undefined; openChats: number }

/**
 * Own avatar at the rail's end, on every screen: available or not, theme, and signing out.
 * `available` is absent until it is known, and for whoever receives no chats.
 */
export function OwnMenu({ me, available, openChats }: OwnMenuProps) {
  const [theme, setTheme] = useState(chosenTheme)
  const navigate = useNavigate()
  const { agent } = me

  const { signOut, dialog } = useSignOut(openChats)

  const menu = (
    <Menu
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          aria-label={[agent.name, available !== undefined && wordOf(available), 'your menu']
            .filter(Boolean)
            .join(', ')}
          className="relative mt-1 flex size-10 flex-none items-center justify-center rounded-full"
        >
          <Avatar
            name={agent.name}
            initials={initialsOf(agent.name)}
            tint={tintOf(agent.id)}
            size={30}
            decorative
          />
          {available !== undefined && (
            <span
              aria-hidden
              className={`absolute end-0.5 bottom-0.5 size-[11px] rounded-full border-2 border-canvas ${available ? 'bg-green' : 'bg-canvas shadow-[inset_0_0_0_2px_var(--gray)]'}`}
            />
          )}
        </button>
      }
      groups={[
        ...(available === undefined
          ? []
          : [
              {
                heading: 'New chats',
                items: [true, false].map((on) => ({
                  label: on ? 'Available' : 'Unavailable',
                  checked: available === on,
                  stay: true,
                  onSelect: () => {
                    if (on !== available) setAvailable(on, openChats)
                  },
                })),
              },
            ]),
        {
          heading: 'Light or dark',
          items: THEMES.map(({ value, label, icon }) => ({
            label,
            icon,
            checked: theme === value,
            stay: true,
            onSelect: () => {
              chooseTheme(value)
              setTheme(value)
            },
          })),
        },
        {
          items: [
            {
              label: 'Your sign-in',
              icon: <KeyRound size={16} aria-hidden />,
              onSelect: () => void navigate({ to: '/your-sign-in' }),
            },
            {
              label: 'Sign out',
              icon: <LogOut size={16} aria-hidden />,
              onSelect: signOut,
            },
          ],
        },
      ]}
      note={`${agent.name} · ${agent.email}`}
    />
  )
  return (
    <>
      {menu}
      {dialog}
    </>
  )
}

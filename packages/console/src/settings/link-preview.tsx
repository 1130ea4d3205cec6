import type { LinkStyle, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Moon, Sun } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { AddressBar } from '../parts/address-bar.tsx'
import { DrawnCard } from '../parts/drawn-card.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Segment } from '../parts/segment.tsx'
import { meQuery } from '../queries.ts'
import { contrastOf, isColour } from './colour-contrast.ts'
import { LINK_PAPERS, LINK_SWATCHES } from './link-swatches.ts'

type LinkPreviewProps = { style: LinkStyle; site: SiteView | undefined }

const WORDS =
  'Choosing a frame size is easier with two measurements – shall I work yours out with you?'

/** The real card in a page frame and a phone frame, as visitors will see it. */
export function LinkPreview({ style, site }: LinkPreviewProps) {
  const { data: me } = useQuery(meQuery)
  const [scheme, setScheme] = useState<'light' | 'dark'>('light')
  const shown = style.scheme === 'auto' ? scheme : style.scheme
  const valid = {
    ...style,
    accent: isColour(style.accent) ? style.accent : LINK_SWATCHES[0].colour,
  }
  const agent = {
    name: me?.agent.chatName ?? 'Ana',
    initials: initialsOf(me?.agent.chatName ?? 'Ana'),
    tint: tintOf(me?.agent.id ?? ''),
  }
  const card = {
    text: WORDS,
    agent,
    groupName: 'Support',
    siteName: style.title || site?.name || 'Your website',
    style: valid,
    scheme: shown,
  }
  const side = style.position === 'left' ? 'items-start' : 'items-end'
  const disc = <Launcher style={valid} />
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto bg-sunken p-5">
      <div className="flex items-center justify-between">
        <h2 className="text-small text-text-3">Preview</h2>
        {style.scheme === 'auto' && (
          <Segment
            label="Scheme of the visitor"
            value={scheme}
            onChange={setScheme}
            options={[
              { value: 'light', label: 'Light', icon: <Sun size={14} aria-hidden /> },
              { value: 'dark', label: 'Dark', icon: <Moon size={14} aria-hidden /> },
            ]}
          />
        )}
      </div>
      <div className="flex flex-wrap items-end justify-center gap-5">
        <PageFrame address={site?.origins[0] ?? 'your website'} dark={shown === 'dark'}>
          <div
            className={`mt-auto flex flex-col gap-3 ${side}`}
            style={{ padding: style.distance }}
          >
            <div className="max-w-full">
              <DrawnCard card={{ ...card, phone: false }} />
            </div>
            {disc}
          </div>
        </PageFrame>
        <PhoneFrame dark={shown === 'dark'}>
          {/* The frame is smaller than a phone, so the card in it is drawn smaller. */}
          <div className="mt-auto" style={{ zoom: 0.8 }}>
            <DrawnCard card={{ ...card, phone: true }} />
          </div>
        </PhoneFrame>
      </div>
      <p className="text-center text-small text-text-3">
        The button says “{style.onlineText}”, or “{style.offlineText}” while nobody receives chats.
      </p>
    </div>
  )
}

/** The disc as the widget draws it: the link's colour with the ink that can be read on it. */
function Launcher({ style }: { style: LinkStyle }) {
  const { white, ink } = LINK_PAPERS
  const color = contrastOf(style.accent, white) >= 4.5 ? white : ink
  return (
    <span
      aria-hidden
      className="flex size-14 flex-none items-center justify-center rounded-full shadow-menu"
      style={{ background: style.accent, color }}
    >
      <svg
        viewBox="0 0 24 24"
        width="26"
        height="26"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
        aria-hidden
      >
        <path d="M20 12a8 8 0 1 0-3.1 6.3L20.5 19.5l-1.2-3.4A8 8 0 0 0 20 12Z" />
      </svg>
    </span>
  )
}

type FrameProps = { dark: boolean; children: ReactNode }

const PageFrame = ({ address, dark, children }: FrameProps & { address: string }) => (
  <div
    className={`flex h-[600px] w-[424px] max-w-full min-w-0 flex-col overflow-hidden rounded-menu bg-canvas text-text shadow-menu ${dark ? 'dark' : 'light'}`}
  >
    <AddressBar address={address} className="bg-surface" />
    <div className="flex flex-col gap-3 px-8 pt-8" aria-hidden>
      <i className="h-4 w-40 rounded-full bg-line" />
      <i className="h-2.5 w-full rounded-full bg-line" />
      <i className="h-2.5 w-4/5 rounded-full bg-line" />
      <i className="h-2.5 w-3/5 rounded-full bg-line" />
    </div>
    {children}
  </div>
)

const PhoneFrame = ({ dark, children }: FrameProps) => (
  <div
    className={`flex h-[500px] w-[252px] flex-none flex-col overflow-hidden rounded-[30px] border-[7px] border-code bg-canvas text-text shadow-menu ${dark ? 'dark' : 'light'}`}
  >
    <div className="flex flex-col gap-3 px-5 pt-8" aria-hidden>
      <i className="h-3.5 w-24 rounded-full bg-line" />
      <i className="h-2 w-full rounded-full bg-line" />
      <i className="h-2 w-4/5 rounded-full bg-line" />
    </div>
    {children}
  </div>
)

import {
  imagePath,
  LANGUAGE_CODES,
  LANGUAGES,
  type LanguageCode,
  type SiteView,
  styleIn,
} from '@beckon/protocol'
import type { PreviewFace, WidgetPreview } from '@beckon/widget/preview'
import { drawPreview, wordsOfPanel } from '@beckon/widget/preview'
import { useQuery } from '@tanstack/react-query'
import { Moon, Sun } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { AddressBar } from '../parts/address-bar.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { meQuery } from '../queries.ts'
import { serverClock } from '../server-clock.ts'
import { isColour } from './colour-contrast.ts'
import { languageName } from './languages.ts'
import type { LinkDraft } from './link-draft.ts'
import { LINK_SWATCHES } from './link-swatches.ts'

type LinkPreviewProps = { draft: LinkDraft; site: SiteView | undefined }

const SAYS = {
  invitation:
    'Choosing a frame size is easier with two measurements – shall I work yours out with you?',
  answer: 'Hello! Which bike can I help you with?',
  question: 'Do you ship the Tarn to Norway?',
}

const FACES: readonly { value: PreviewFace; label: string }[] = [
  { value: 'start', label: 'Start' },
  { value: 'chat', label: 'Chat' },
  { value: 'closed', label: 'Closed' },
  { value: 'invitation', label: 'Invitation' },
  { value: 'queue', label: 'Queue' },
  { value: 'offline', label: 'Offline' },
]

/** The real widget in a page frame and a phone frame, in every state visitors meet it in (UI §5.7). */
export function LinkPreview({ draft, site }: LinkPreviewProps) {
  const { data: me } = useQuery(meQuery)
  const [face, setFace] = useState<PreviewFace>('chat')
  const [scheme, setScheme] = useState<'light' | 'dark'>('light')
  const [direction, setDirection] = useState<'ltr' | 'rtl'>('ltr')
  const [wish, setWish] = useState('en')
  const fixed = draft.style.language ?? site?.visitorLanguage
  const language = useLanguage(fixed ?? wish)
  const [at] = useState(() => serverClock.now())
  const { style } = draft
  const isDark = (style.scheme === 'auto' ? scheme : style.scheme) === 'dark'
  const name = me?.agent.chatName ?? 'Ana'
  const widget: Omit<WidgetPreview, 'phone'> = {
    face,
    type: draft.type,
    style: {
      ...style,
      accent: isColour(style.accent) ? style.accent : LINK_SWATCHES[0].colour,
    },
    css: draft.css,
    offline: draft.offline.do,
    siteName: site?.name ?? 'Your website',
    ...(draft.images.logo && { logo: imagePath(draft.images.logo) }),
    agent: { name, initials: initialsOf(name), tint: tintOf(me?.agent.id ?? '') },
    groupName: 'Support',
    scheme,
    direction: language ? LANGUAGES[language.code].dir : direction,
    language,
    says: SAYS,
    at,
  }
  const spoken = { ...draft, style: styleIn(style, language?.code) }
  const own = <OwnElement draft={spoken} offline={face === 'offline'} />
  return (
    <section
      aria-label="Preview"
      className="flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto bg-sunken p-5"
    >
      <div className="flex flex-wrap items-center gap-2">
        <Segment label="What is shown" value={face} onChange={setFace} options={FACES} />
        <span className="flex-1" />
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
        {!fixed && (
          <Select
            aria-label="Language of the visitor"
            value={wish}
            onChoose={setWish}
            choices={LANGUAGE_CODES.map((value) => ({ value, label: languageName(value) }))}
          />
        )}
        {!language && (
          <Segment
            label="Direction of the page"
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'ltr', label: 'LTR' },
              { value: 'rtl', label: 'RTL' },
            ]}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center justify-center gap-6">
        <div
          className={`flex h-[700px] w-[440px] max-w-full min-w-0 flex-col overflow-hidden rounded-menu bg-canvas text-text shadow-menu ${isDark ? 'dark' : 'light'}`}
        >
          <AddressBar address={site?.origins[0] ?? 'your website'} className="bg-surface" />
          <Window dir={widget.direction} widget={{ ...widget, phone: false }} scale={0.78}>
            {own}
          </Window>
        </div>
        <div
          className={`flex h-[540px] w-[256px] flex-none flex-col overflow-hidden rounded-[30px] border-[7px] border-code bg-canvas text-text shadow-menu ${isDark ? 'dark' : 'light'}`}
        >
          <Window dir={widget.direction} widget={{ ...widget, phone: true }} scale={0.64}>
            {own}
          </Window>
        </div>
      </div>
    </section>
  )
}

/** undefined is English, and what is still on its way. */
function useLanguage(code: string): WidgetPreview['language'] {
  const { data } = useQuery({
    queryKey: ['words of the panel', code],
    queryFn: async () =>
      Object.hasOwn(LANGUAGES, code)
        ? { code: code as LanguageCode, words: await wordsOfPanel(code as LanguageCode) }
        : null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? undefined
}

/** A page with the widget over it. Frames are smaller than windows, so both are drawn smaller. */
function Window({
  dir,
  widget,
  scale,
  children,
}: {
  dir: 'ltr' | 'rtl'
  widget: WidgetPreview
  scale: number
  children: ReactNode
}) {
  return (
    <div dir={dir} className="relative min-h-0 flex-1" style={{ zoom: scale }}>
      <div className="flex flex-col gap-3.5 px-9 pt-9">
        <i className="h-5 w-44 rounded-full bg-line" aria-hidden />
        <i className="h-3 w-full rounded-full bg-line" aria-hidden />
        <i className="h-3 w-4/5 rounded-full bg-line" aria-hidden />
        {children}
        <i className="h-3 w-3/5 rounded-full bg-line" aria-hidden />
      </div>
      <DrawnWidget widget={widget} />
    </div>
  )
}

function DrawnWidget({ widget }: { widget: WidgetPreview }) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<ReturnType<typeof drawPreview>>(undefined)
  const latest = useRef(widget)
  latest.current = widget
  useEffect(() => {
    if (!place.current) return
    const preview = drawPreview(place.current, latest.current)
    drawn.current = preview
    return () => {
      drawn.current = undefined
      preview.destroy()
    }
  }, [])
  useEffect(() => drawn.current?.update(widget))
  return <div ref={place} aria-hidden data-preview={widget.phone ? 'phone' : 'page'} />
}

/** A text or an image stands where the page puts it. */
function OwnElement({ draft, offline }: { draft: LinkDraft; offline: boolean }) {
  const { type, style, images, offline: then } = draft
  if ((type !== 'text' && type !== 'image') || (offline && then.do === 'hide')) return null
  const words = offline ? style.offlineText : style.onlineText
  const image = (offline && images.offline) || images.online
  return (
    <p className="py-2 text-[17px] leading-6">
      {type === 'image' && image ? (
        <img src={imagePath(image)} alt={words} className="h-auto max-w-full" />
      ) : (
        <span className="text-accent-text underline">{words}</span>
      )}
    </p>
  )
}

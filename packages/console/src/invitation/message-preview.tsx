import type { ValuesState } from '@beckon/protocol'
import { Check, Monitor, Palette, Smartphone } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { AddressBar } from '../parts/address-bar.tsx'
import { cx } from '../parts/class-names.ts'
import { DrawnCard } from '../parts/drawn-card.tsx'
import { Segment } from '../parts/segment.tsx'
import { useMedia } from '../parts/use-media.ts'
import { calledInText } from '../whos-on/visitor-words.ts'

/** Here the card of a wide page has no room. */
const SMALL = '(max-width: 479px)'

type MessagePreviewProps = {
  values: ValuesState
  text: string
  groupName: string
  /** Goes from one recipient to the next. */
  steps?: ReactNode
}

/** The very card the visitor gets, on a sketch of their page. */
export function MessagePreview({ values, text, groupName, steps }: MessagePreviewProps) {
  const small = useMedia(SMALL)
  const [face, setFace] = useState<'desktop' | 'phone'>('desktop')
  const phone = small || face === 'phone'
  return (
    <section aria-label="Message Preview" className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-1.5">
        <h3 className="flex-1 font-medium whitespace-nowrap">Message Preview</h3>
        {steps}
        {!small && (
          <Segment
            label="Preview on"
            value={face}
            onChange={setFace}
            options={[
              { value: 'desktop', label: 'Desktop', icon: <Monitor size={14} aria-hidden /> },
              { value: 'phone', label: 'Phone', icon: <Smartphone size={14} aria-hidden /> },
            ]}
          />
        )}
      </div>
      <div
        className={cx(
          'mx-auto flex min-h-0 w-full flex-1 flex-col overflow-hidden rounded-menu border border-line-strong bg-surface',
          phone && 'max-w-[300px] rounded-[26px]',
        )}
      >
        <AddressBar
          address={values.pageUrl.replace(/^https?:\/\//, '')}
          phone={phone}
          className="bg-canvas"
        />
        <div className="relative min-h-0 flex-1 overflow-hidden">
          <Sketch />
          <section
            aria-label="The card"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard too
            tabIndex={0}
            className={cx(
              'ring-inside absolute inset-0 flex flex-col overflow-y-auto p-4',
              !phone && (values.style.position === 'left' ? 'items-start' : 'items-end'),
            )}
          >
            {/* The card lives in a closed root: what it says stands here for tests and screen readers. */}
            <p className="sr-only whitespace-pre-wrap" data-preview-text>
              {text}
            </p>
            <DrawnCard
              // Not by justify-content: what is too long there cannot be scrolled to.
              className={cx('mt-auto flex-none', phone ? 'w-full' : 'w-[360px] max-w-full')}
              card={{
                text,
                agent: values.agent,
                groupName,
                siteName: values.siteName,
                style: values.style,
                // “auto” follows the visitor's own setting, which is not known here.
                scheme: values.style.scheme === 'dark' ? 'dark' : 'light',
                phone,
              }}
            />
          </section>
        </div>
      </div>
      <ul className="flex flex-none flex-col gap-1 text-small text-text-3">
        <li className="flex gap-2">
          <Palette size={14} className="mt-0.5" aria-hidden />
          {values.linkName
            ? `Styled by the live chat link on this page, “${values.linkName}”.`
            : 'No live chat link on this page: the default style.'}
        </li>
        <li className="flex gap-2">
          <Check size={14} className="mt-0.5" aria-hidden />
          {calledInText(values.recipient)} will receive exactly this text.
        </li>
      </ul>
    </section>
  )
}

const Sketch = () => (
  <div aria-hidden className="flex flex-col gap-3 p-5">
    <i className="h-2.5 w-28 rounded-full bg-sunken" />
    <i className="h-24 rounded-item bg-sunken" />
    <i className="h-2 w-3/5 rounded-full bg-sunken" />
    <i className="h-2 w-4/5 rounded-full bg-sunken" />
    <i className="h-2 w-2/5 rounded-full bg-sunken" />
  </div>
)

import type { LinkStyle, LinkType, SiteId } from '@beckon/protocol'
import { RadioGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { Switch } from '../parts/switch.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { LinkColour } from './link-colour.tsx'
import type { LinkDraft } from './link-draft.ts'
import { LinkImage } from './link-image.tsx'

export type LinkPartProps = {
  draft: LinkDraft
  set: (part: Partial<LinkDraft>) => void
  setStyle: (part: Partial<LinkStyle>) => void
}

/** UI §5.7, Look: what it is, its colour, where it stands. */
export function LinkLook({ draft, set, setStyle, siteId }: LinkPartProps & { siteId: SiteId }) {
  const { type, style, images } = draft
  const atEdge = type === 'button' || type === 'tab'
  return (
    <>
      <TypeChoice type={type} onChange={(next) => set({ type: next })} />
      {type === 'image' && (
        <div className="grid grid-cols-2 gap-3">
          <LinkImage
            label="Picture, online"
            siteId={siteId}
            imageId={images.online}
            onChange={(online) => set({ images: { ...images, online } })}
          />
          <LinkImage
            label="Picture, offline"
            siteId={siteId}
            imageId={images.offline}
            hint="None: the other one."
            onChange={(offline) => set({ images: { ...images, offline } })}
          />
        </div>
      )}
      <LinkColour style={style} onChange={setStyle} />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Position">
          <Select
            value={style.position}
            onChoose={(position) => setStyle({ position: position as LinkStyle['position'] })}
            choices={[
              { value: 'right', label: 'Bottom right' },
              { value: 'left', label: 'Bottom left' },
            ]}
          />
        </Field>
        <Field label="Distance from edges">
          <Select
            value={String(style.distance)}
            onChoose={(distance) => setStyle({ distance: Number(distance) })}
            choices={distances(style.distance)}
          />
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Labelled name="Corners">
          <Segment
            label="Corners"
            fill
            value={style.corners}
            onChange={(corners) => setStyle({ corners })}
            options={[
              { value: 'sharp', label: 'Sharp' },
              { value: 'soft', label: 'Soft' },
              { value: 'round', label: 'Round' },
            ]}
          />
        </Labelled>
        <Labelled name="Light or dark">
          <Segment
            label="Light or dark"
            fill
            value={style.scheme}
            onChange={(scheme) => setStyle({ scheme })}
            options={[
              { value: 'auto', label: 'Visitor’s' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </Labelled>
      </div>
      <Field label="Title in the chat" hint="Empty: the site’s name.">
        <Input
          maxLength={120}
          value={style.title}
          onChange={(event) => setStyle({ title: event.currentTarget.value })}
        />
      </Field>
      <Field label="Greeting" hint="Shown above an empty chat. Up to 300 characters.">
        <Textarea
          rows={2}
          maxLength={300}
          value={style.greeting}
          onChange={(event) => setStyle({ greeting: event.currentTarget.value })}
        />
      </Field>
      <LinkImage
        label="Logo in the chat"
        siteId={siteId}
        imageId={images.logo}
        onChange={(logo) => set({ images: { ...images, logo } })}
      />
      <Switch
        label="Show the agent’s initials"
        checked={style.avatars !== false}
        onChange={(avatars) => setStyle({ avatars })}
      />
      <Switch
        label="Sound for new messages"
        hint="Once somebody has written, and while they look elsewhere. Visitors can switch it themselves."
        checked={style.sound !== false}
        onChange={(sound) => setStyle({ sound })}
      />
      {!atEdge && (
        <p className="text-small text-text-3">
          It stands where the page puts it. Position and distance are those of the chat that opens.
        </p>
      )}
    </>
  )
}

const Labelled = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-w-0 flex-col gap-1.5">
    <span className="font-medium" aria-hidden>
      {name}
    </span>
    {children}
  </div>
)

const DISTANCES = [0, 8, 12, 16, 20, 24, 32, 40, 56, 80, 120]

const distances = (present: number) =>
  [...new Set([...DISTANCES, present])]
    .sort((a, b) => a - b)
    .map((px) => ({ value: String(px), label: `${px} px${px === 20 ? ' (default)' : ''}` }))

const TYPES: readonly { type: LinkType; name: string; drawn: ReactNode }[] = [
  {
    type: 'button',
    name: 'Button',
    drawn: <i className="absolute end-2 bottom-1.5 size-3.5 rounded-full bg-text-3" />,
  },
  {
    type: 'tab',
    name: 'Tab',
    drawn: <i className="absolute end-0 top-2.5 h-6 w-2 rounded-s-chip bg-text-3" />,
  },
  {
    type: 'text',
    name: 'Text',
    drawn: (
      <>
        <i className="absolute start-4 top-4 h-1 w-9 rounded-full bg-line-strong" />
        <i className="absolute start-4 top-6 h-1 w-6 rounded-full bg-text-3" />
      </>
    ),
  },
  {
    type: 'image',
    name: 'Image',
    drawn: <i className="absolute inset-x-5 inset-y-3 rounded-chip bg-text-3" />,
  },
]

function TypeChoice({ type, onChange }: { type: LinkType; onChange: (type: LinkType) => void }) {
  return (
    <Labelled name="Type">
      <Radix.Root
        aria-label="Type"
        value={type}
        onValueChange={(next) => onChange(next as LinkType)}
        className="grid grid-cols-4 gap-2"
      >
        {TYPES.map((one) => (
          <Radix.Item
            key={one.type}
            value={one.type}
            className="flex flex-col rounded-input border border-line p-[3px] text-small hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:font-medium data-[state=checked]:shadow-[inset_0_0_0_1px_var(--accent)]"
          >
            <span className="relative block h-11 rounded-item bg-sunken" aria-hidden>
              {one.drawn}
            </span>
            <span className="py-1 text-center">{one.name}</span>
          </Radix.Item>
        ))}
      </Radix.Root>
    </Labelled>
  )
}

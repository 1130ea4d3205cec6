import type { LinkStyle } from '@beckon/protocol'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { contrastOf, isColour, nearestPassing } from './colour-contrast.ts'
import type { LinkDraft } from './link-page.tsx'
import { LINK_PAPERS, LINK_SWATCHES } from './link-swatches.ts'

type LinkFormProps = { draft: LinkDraft; onChange: (draft: LinkDraft) => void }

export function LinkForm({ draft, onChange }: LinkFormProps) {
  const { style } = draft
  const set = (part: Partial<LinkStyle>) => onChange({ ...draft, style: { ...style, ...part } })
  return (
    <div className="flex flex-col gap-5">
      <Field label="Name" error={draft.name.trim() ? undefined : 'Type a name.'}>
        <Input
          maxLength={80}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
      </Field>
      <Colour accent={style.accent} onChange={(accent) => set({ accent })} />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Position">
          <Select
            value={style.position}
            onChoose={(position) => set({ position: position as LinkStyle['position'] })}
            choices={[
              { value: 'right', label: 'Bottom right' },
              { value: 'left', label: 'Bottom left' },
            ]}
          />
        </Field>
        <Field label="Distance from edges">
          <Select
            value={String(style.distance)}
            onChoose={(distance) => set({ distance: Number(distance) })}
            choices={distances(style.distance)}
          />
        </Field>
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium">Corners</span>
        <Segment
          label="Corners"
          fill
          value={style.corners}
          onChange={(corners) => set({ corners })}
          options={[
            { value: 'sharp', label: 'Sharp' },
            { value: 'soft', label: 'Soft' },
            { value: 'round', label: 'Round' },
          ]}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium">Light or dark</span>
        <Segment
          label="Light or dark"
          fill
          value={style.scheme}
          onChange={(scheme) => set({ scheme })}
          options={[
            { value: 'auto', label: 'Visitor’s' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </div>
      <Field label="Title in the chat" hint="Empty: the site’s name.">
        <Input
          maxLength={120}
          value={style.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
      </Field>
      <Field label="Greeting" hint="Shown above an empty chat. Up to 300 characters.">
        <Textarea
          rows={2}
          maxLength={300}
          value={style.greeting}
          onChange={(event) => set({ greeting: event.currentTarget.value })}
        />
      </Field>
      <Field label="Button, while somebody answers">
        <Input
          maxLength={120}
          value={style.onlineText}
          onChange={(event) => set({ onlineText: event.currentTarget.value })}
        />
      </Field>
      <Field label="Button, while nobody answers">
        <Input
          maxLength={120}
          value={style.offlineText}
          onChange={(event) => set({ offlineText: event.currentTarget.value })}
        />
      </Field>
    </div>
  )
}

const DISTANCES = [0, 8, 12, 16, 20, 24, 32, 40, 56, 80, 120]

const distances = (present: number) =>
  [...new Set([...DISTANCES, present])]
    .sort((a, b) => a - b)
    .map((px) => ({ value: String(px), label: `${px} px${px === 20 ? ' (default)' : ''}` }))

function Colour({ accent, onChange }: { accent: string; onChange: (accent: string) => void }) {
  const valid = isColour(accent)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Colour" error={valid ? undefined : 'Write # and six figures, such as #1d5c47.'}>
        <div className="flex items-center gap-2">
          {LINK_SWATCHES.map(({ name, colour }) => (
            <button
              key={colour}
              type="button"
              aria-label={name}
              aria-pressed={accent.toLowerCase() === colour}
              onClick={() => onChange(colour)}
              className="size-7 flex-none rounded-full border-2 border-surface aria-pressed:shadow-[0_0_0_2px_var(--accent)]"
              style={{ background: colour }}
            />
          ))}
          <span className="flex-1" />
          <input
            type="color"
            aria-label="Choose any colour"
            value={valid ? accent : LINK_SWATCHES[0].colour}
            onChange={(event) => onChange(event.currentTarget.value)}
            className="h-[34px] w-9 flex-none rounded-input border border-control bg-surface p-1"
          />
          <span className="w-[104px] flex-none">
            <Input
              aria-label="Colour as figures"
              spellCheck={false}
              maxLength={7}
              value={accent}
              onChange={(event) => onChange(event.currentTarget.value.trim())}
              className="font-mono"
            />
          </span>
        </div>
      </Field>
      {valid && <Contrasts accent={accent} onChange={onChange} />}
    </div>
  )
}

const NEED = 3

/** What follows from the colour; text on it is always made readable, the button itself may drown. */
function Contrasts({ accent, onChange }: { accent: string; onChange: (accent: string) => void }) {
  const { white, ink } = LINK_PAPERS
  const onWhite = contrastOf(accent, white)
  const isWhite = onWhite >= 4.5
  const text = isWhite
    ? onWhite
    : Math.max(contrastOf(accent, ink), contrastOf(accent, LINK_PAPERS.black))
  const near = nearestPassing(accent, white, NEED)
  return (
    <ul className="flex flex-col gap-1">
      <Contrast
        name={isWhite ? 'White text on this colour' : 'Dark text on this colour'}
        value={text}
        need={4.5}
      />
      <Contrast name="Button against a white page" value={onWhite} need={NEED} />
      {onWhite < NEED && (
        <li className="flex items-center gap-2 text-small text-amber-text">
          <span>It is hard to see on a white page.</span>
          <Button size={26} onClick={() => onChange(near)}>
            <span className="inline-flex items-center gap-1.5">
              <span className="size-3 rounded-full" style={{ background: near }} aria-hidden />
              Use {near}
            </span>
          </Button>
        </li>
      )}
    </ul>
  )
}

const Contrast = ({ name, value, need }: { name: string; value: number; need: number }) => (
  <li className="flex items-center gap-2">
    {value >= need ? (
      <CircleCheck size={15} aria-label="passes" className="text-green-text" />
    ) : (
      <CircleAlert size={15} aria-label="too low" className="text-amber-text" />
    )}
    <span className="flex-1">{name}</span>
    <span className="font-medium tabular-nums">{value.toFixed(1)} : 1</span>
  </li>
)

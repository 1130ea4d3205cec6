import type { LinkStyle } from '@beckon/protocol'
import { contrast, inkContrast, parse, TEXT_NEEDS, themeOf } from '@beckon/protocol/theme'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { isColour, nearestPassing } from './colour-contrast.ts'
import { LINK_PAPERS, LINK_SWATCHES } from './link-swatches.ts'

type LinkColourProps = { style: LinkStyle; onChange: (part: Partial<LinkStyle>) => void }

export function LinkColour({ style, onChange }: LinkColourProps) {
  const { accent } = style
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
              onClick={() => onChange({ accent: colour, ink: 'white' })}
              className="size-7 flex-none rounded-full border-2 border-surface shadow-[0_0_0_1px_var(--line)] aria-pressed:shadow-[0_0_0_2px_var(--accent)]"
              style={{ background: colour }}
            />
          ))}
          <span className="flex-1" />
          <input
            type="color"
            aria-label="Choose any colour"
            value={valid ? accent : LINK_SWATCHES[0].colour}
            onChange={(event) => onChange({ accent: event.currentTarget.value })}
            className="h-[34px] w-9 flex-none rounded-input border border-control bg-surface p-1"
          />
          <span className="w-[96px] flex-none">
            <Input
              aria-label="Colour as figures"
              spellCheck={false}
              maxLength={7}
              value={accent}
              onChange={(event) => onChange({ accent: event.currentTarget.value.trim() })}
              className="font-mono"
            />
          </span>
        </div>
      </Field>
      {valid && <Contrasts style={style} onChange={onChange} />}
    </div>
  )
}

const SHAPE_NEEDS = 3

/** What follows from the colour. Text nobody could read is not published; a faint button may be. */
function Contrasts({ style, onChange }: LinkColourProps) {
  const { accent, ink = 'white' } = style
  const { white } = LINK_PAPERS
  const text = inkContrast({ accent, ink })
  const other = ink === 'white' ? 'dark' : 'white'
  const readable = nearestPassing(accent, ink === 'white' ? white : LINK_PAPERS.black, TEXT_NEEDS)
  const onWhite = contrast(parse(accent), parse(white))
  const seen = nearestPassing(accent, white, SHAPE_NEEDS)
  const page = themeOf(style, false)
  return (
    <ul className="flex flex-col gap-1" aria-label="Contrast">
      <Contrast
        name={`${ink === 'white' ? 'White' : 'Dark'} text on this colour`}
        value={text}
        need={TEXT_NEEDS}
      />
      {text < TEXT_NEEDS && (
        <li className="flex flex-wrap items-center gap-2 py-1 ps-6">
          <UseColour colour={readable} onUse={() => onChange({ accent: readable })} />
          <Button size={26} onClick={() => onChange({ ink: other })}>
            {other === 'white' ? 'White text instead' : 'Dark text instead'}
          </Button>
        </li>
      )}
      <Contrast
        name="Visitor’s text on the page, light"
        value={contrast(parse(page.text ?? ''), parse(white))}
        need={TEXT_NEEDS}
      />
      <Contrast name="Button against a white page" value={onWhite} need={SHAPE_NEEDS} />
      {onWhite < SHAPE_NEEDS && text >= TEXT_NEEDS && (
        <li className="flex flex-wrap items-center gap-2 py-1 ps-6 text-small text-text-2">
          <UseColour colour={seen} onUse={() => onChange({ accent: seen })} />
          It is hard to see on a white page.
        </li>
      )}
    </ul>
  )
}

const UseColour = ({ colour, onUse }: { colour: string; onUse: () => void }) => (
  <Button size={26} onClick={onUse}>
    <span className="inline-flex items-center gap-1.5">
      <span className="size-3 rounded-full" style={{ background: colour }} aria-hidden />
      Use {colour}
    </span>
  </Button>
)

const Contrast = ({ name, value, need }: { name: string; value: number; need: number }) => (
  <li className="flex items-center gap-2 text-text-2">
    {value >= need ? (
      <CircleCheck size={15} aria-label="passes" className="text-green-text" />
    ) : (
      <CircleAlert size={15} aria-label="too low" className="text-red-text" />
    )}
    <span className="flex-1">{name}</span>
    <span className="font-medium text-text tabular-nums">{value.toFixed(1)} : 1</span>
  </li>
)

import { RadioGroup as Radix } from 'radix-ui'
import { useId } from 'react'
import { SiteSquare } from '../parts/site-square.tsx'

const NAMES = ['Green', 'Orange', 'Indigo', 'Rose', 'Blue', 'Gold', 'Purple', 'Gray']

/** One of the eight site colours. */
export function ColourChoice({
  value,
  onChange,
}: {
  value: number
  onChange: (value: number) => void
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="font-medium">
        Colour
      </span>
      <Radix.Root
        aria-labelledby={id}
        value={String(value)}
        onValueChange={(next) => onChange(Number(next))}
        className="flex gap-1"
      >
        {NAMES.map((name, color) => (
          <Radix.Item
            key={name}
            value={String(color)}
            aria-label={name}
            className="flex size-7 items-center justify-center rounded-item border border-transparent hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <SiteSquare color={color} />
          </Radix.Item>
        ))}
      </Radix.Root>
    </div>
  )
}

import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { matchedParts } from './palette-commands.ts'

export const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-text-3"
  >
    {children}
  </Command.Group>
)

type LineProps = {
  value: string
  icon: ReactNode
  name: string
  more?: string
  asked: string
  end?: ReactNode
  onSelect: () => void
}

export const Line = ({ value, icon, name, more, asked, end, onSelect }: LineProps) => (
  <Command.Item
    value={value}
    onSelect={onSelect}
    className="group flex min-h-[34px] cursor-default items-center gap-3 rounded-item px-2.5 select-none data-[selected=true]:bg-accent data-[selected=true]:text-on-accent"
  >
    <span className="flex-none text-text-3 group-data-[selected=true]:text-on-accent">{icon}</span>
    <span className="min-w-0 flex-1 truncate">
      <Matched text={name} asked={asked} />
      {more && (
        <span className="text-text-2 group-data-[selected=true]:text-on-accent">
          {' '}
          · <Matched text={more} asked={asked} />
        </span>
      )}
    </span>
    <span className="flex flex-none gap-1">{end}</span>
  </Command.Item>
)

const Matched = ({ text, asked }: { text: string; asked: string }) => (
  <>
    {matchedParts(text, asked).map(({ text: part, matched }, at) =>
      matched ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
        <b key={at} className="font-semibold">
          {part}
        </b>
      ) : (
        part
      ),
    )}
  </>
)

import { Plus, Trash2 } from 'lucide-react'
import '../whos-on/whos-on.css'
import { useState } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Checkbox } from '../parts/checkbox.tsx'
import { Chip } from '../parts/chip.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Elapsed } from '../parts/elapsed.tsx'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { Flag } from '../parts/flag.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Menu } from '../parts/menu.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { Pill } from '../parts/pill.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { SiteSquare } from '../parts/site-square.tsx'
import { Switch } from '../parts/switch.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { toast } from '../parts/toast-queue.ts'
import { Tooltip } from '../parts/tooltip.tsx'
import { Inviting } from './inviting.tsx'
import { States } from './states.tsx'
import { Story } from './story.tsx'
import { Together } from './together.tsx'

/** Every state and every part, light and dark side by side. Development only. */
export const StoriesScreen = () => (
  <div className="grid h-dvh grid-cols-2 overflow-y-auto max-md:grid-cols-1">
    {(['light', 'dark'] as const).map((theme) => (
      <div key={theme} className={`${theme} flex flex-col gap-6 bg-surface p-6 text-text`}>
        <h1 className="text-title font-semibold">States, {theme}</h1>
        <States />
        <h1 className="text-title font-semibold">Inviting, {theme}</h1>
        <Inviting />
        <h1 className="text-title font-semibold">Together, {theme}</h1>
        <Together />
        <h1 className="text-title font-semibold">Parts, {theme}</h1>
        <Parts />
      </div>
    ))}
  </div>
)

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'
const nothing = () => {}

function Parts() {
  return (
    <>
      <Story name="Button">
        {(['primary', 'secondary', 'ghost', 'danger', 'danger-filled'] as const).map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        <Button size={26}>26</Button>
        <Button size={36} variant="primary" kbd="⌘↵">
          36 with key
        </Button>
        <Button icon={<Plus size={15} aria-hidden />}>With icon</Button>
        <Button variant="primary" busy="Sending…">
          Send invitation
        </Button>
        <Button disabled>Disabled</Button>
      </Story>
      <Story name="Icon button">
        <IconButton label="Delete" kbd="⌫" icon={<Trash2 size={16} aria-hidden />} />
        <IconButton label="Edge" edge icon={<Plus size={16} aria-hidden />} />
        <IconButton label="Off" disabled icon={<Plus size={16} aria-hidden />} />
      </Story>
      <Story name="Fields">
        <div className="flex w-80 flex-col gap-4">
          <Field label="Plain" hint="A hint below.">
            <Input defaultValue="ana@ridgeline.example" />
          </Field>
          <Field label="Mistaken" error="Add the end of the address, such as .com or .fr">
            <Input defaultValue="ana@ridgeline" />
          </Field>
          <Field label="Read only">
            <Input readOnly value="Marta Kowalczyk" />
          </Field>
          <Field label="Password">
            <PasswordInput value="lantern moss" onType={nothing} autoComplete="new-password" />
          </Field>
          <Field label="Select">
            <Select
              value="a"
              onChoose={nothing}
              choices={[{ group: 'Support', choices: [{ value: 'a', label: LONG }] }]}
            />
          </Field>
          <Field label="Text">
            <Textarea rows={3} defaultValue="مرحبا, several\nlines 🚲" dir="auto" />
          </Field>
        </div>
      </Story>
      <Switches />
      <Story name="Chips">
        <Chip field="Duration" operator=">" value="3 min" onRemove={nothing} />
        <Chip field="Country" operator="is" value={LONG} onRemove={nothing} />
        <Chip field="City" operator="is" value="Kraków" off onRemove={nothing} />
      </Story>
      <Story name="Pills">
        {(['green', 'amber', 'red', 'violet', 'sky', 'gray', 'accent'] as const).map((hue) => (
          <Pill key={hue} hue={hue} icon="disc">
            {hue}
          </Pill>
        ))}
      </Story>
      <Story name="Avatars, flags, sites, keys, time">
        {([16, 18, 20, 22, 30] as const).map((size, tint) => (
          <Avatar key={size} name="Ana Duarte" initials="AD" tint={tint} size={size} />
        ))}
        {['pl', 'np', 'CH', 'zz', undefined].map((country) => (
          <Flag key={String(country)} country={country} />
        ))}
        {[0, 1, 2, 3, 4, 5, 6, 7].map((color) => (
          <SiteSquare key={color} color={color} />
        ))}
        <Kbd keys="⌘K" />
        <Elapsed since={Date.now() - 3_661_000} />
        <Elapsed since={Date.now() - 8_000} as="age" />
      </Story>
      <Floating />
      <Story name="Radio group">
        <RadioGroup
          label="Whom"
          value="one"
          onChange={nothing}
          options={[
            { value: 'one', label: 'Chosen', hint: 'With what it means.' },
            { value: 'two', label: LONG, hint: LONG },
          ]}
        />
      </Story>
      <Story name="Empty">
        <Empty
          fact="Nobody is on your websites right now"
          next="The last visitor left 6 minutes ago."
          actions={<Button>Check the snippet</Button>}
        />
      </Story>
    </>
  )
}

function Switches() {
  const [on, setOn] = useState(true)
  const [view, setView] = useState<'list' | 'map'>('list')
  return (
    <Story name="Switches">
      <Checkbox aria-label="Checked" checked={on} onChange={setOn} />
      <Checkbox aria-label="Some" checked="indeterminate" onChange={nothing} />
      <Checkbox aria-label="Off" checked={false} disabled onChange={nothing} />
      <div className="w-64">
        <Switch label="Live chat" hint="At once." checked={on} onChange={setOn} />
      </div>
      <Segment
        label="View"
        value={view}
        onChange={setView}
        options={[
          { value: 'list', label: 'List', count: 94 },
          { value: 'map', label: 'Density Map' },
        ]}
      />
    </Story>
  )
}

function Floating() {
  const [open, setOpen] = useState(false)
  return (
    <Story name="Menu, tooltip, dialog, toast, copy">
      <Menu
        trigger={<Button>Actions</Button>}
        groups={[
          {
            items: [
              { label: 'Invite to Live Chat', kbd: 'I', onSelect: nothing },
              { label: 'Open chat', off: 'Nobody selected is in a chat.', onSelect: nothing },
            ],
          },
          { items: [{ label: 'Ban…', danger: true, onSelect: nothing }] },
        ]}
      />
      <Tooltip text="Last tab closed" kbd="?">
        <Button variant="ghost">Tooltip</Button>
      </Tooltip>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete the site Shop?"
        description="Its 1,204 visits go with it."
        foot={<Button variant="danger-filled">Delete</Button>}
      />
      <Button
        onClick={() =>
          toast.show({
            text: 'Sent to Marta',
            action: { label: 'Undo', seconds: 5, onAct: nothing },
          })
        }
      >
        Toast
      </Button>
      <CopyButton text="copied" />
    </Story>
  )
}

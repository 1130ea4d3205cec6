import type { VisitorId } from '@beckon/protocol'
import { Ban } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { toast } from '../parts/toast-queue.ts'
import { queryClient } from '../queries.ts'
import { rangeAround } from './ban-words.ts'
import { bansQuery } from './bans-query.ts'
import { DAY, TermsFields, termsInput } from './terms-fields.tsx'

export type Person = { visitorId: VisitorId; name: string; ip?: string | undefined }

type BanDialogProps = { people: readonly [Person, ...Person[]]; onClose: () => void }
type What = 'visitor' | 'address' | 'range'

/** **Ban** one visitor or several: whom, how long, and why (C12). For managers. */
export function BanDialog({ people, onClose }: BanDialogProps) {
  const [{ name, ip }] = people
  const one = people.length === 1
  const [what, setWhat] = useState<What>('visitor')
  const [range, setRange] = useState(() => (ip ? rangeAround(ip) : ''))
  const [terms, setTerms] = useState(DAY)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const formId = useId()

  async function ban(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    const answers = await Promise.allSettled(
      people.map((person) => {
        const addresses = what === 'range' ? range : what === 'address' ? person.ip : undefined
        return sendCommand({
          type: 'visitor.ban',
          visitorId: person.visitorId,
          ...termsInput(terms),
          ...(addresses && { range: addresses }),
        })
      }),
    )
    void queryClient.invalidateQueries({ queryKey: bansQuery.queryKey })
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []))
    if (refused[0]) {
      const done = people.length - refused.length
      const some = done > 0 ? `${done} of ${people.length} are banned. ` : ''
      setProblem(`${some}${sentenceOf(refused[0].reason)}`)
      return setBusy(false)
    }
    toast.show({
      text: one ? `Banned ${name}` : `Banned ${people.length} visitors`,
      icon: <Ban size={16} aria-hidden />,
    })
    onClose()
  }

  return (
    <Dialog
      open
      title={one ? `Ban ${name}` : `Ban ${people.length} visitors`}
      description="They are cut off at once: an open invitation fails, an open chat ends. Their page says nothing of a ban."
      onOpenChange={() => busy || onClose()}
      size="w-[480px]"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="danger-filled" busy={busy && 'Banning…'}>
            Ban
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void ban(event)} className="grid gap-4">
        <RadioGroup autoFocus label="Whom" value={what} onChange={setWhat} options={whom(people)} />
        {what === 'range' && (
          <Field
            label="Range"
            hint="As 203.0.113.0/24, at most a /16. Kept for as long as the ban."
          >
            <Input
              maxLength={50}
              spellCheck={false}
              className="font-mono"
              value={range}
              onChange={({ currentTarget }) => setRange(currentTarget.value)}
            />
          </Field>
        )}
        <TermsFields terms={terms} onChange={setTerms} />
        {problem && (
          <p role="alert" className="text-red-text">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What can be banned of these people; an address only where it is known. */
function whom(people: readonly Person[]): { value: What; label: string; hint: string }[] {
  const one = people.length === 1
  const known = people.filter(({ ip }) => ip !== undefined)
  const browser = `Known by ${one ? 'their browser' : 'their browsers'}. Whoever clears it comes back as somebody new.`
  const unknown = ' The address is not known here.'
  const options: { value: What; label: string; hint: string }[] = [
    {
      value: 'visitor',
      label: one ? 'This visitor' : 'These visitors',
      hint: known.length > 0 ? browser : browser + unknown,
    },
  ]
  if (known.length === 0) return options
  options.push({
    value: 'address',
    label: one ? 'And this address' : 'And their addresses',
    hint: one
      ? `Everybody at ${known[0]?.ip}, whoever else is behind it too. Kept for as long as the ban.`
      : 'Everybody there, whoever else is behind them too. Kept for as long as the ban.',
  })
  if (one) {
    options.push({
      value: 'range',
      label: 'And a range around it',
      hint: 'For somebody whose address keeps changing. The wider, the more others it meets.',
    })
  }
  return options
}

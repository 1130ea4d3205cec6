import type { DepartmentView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Building2, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { Switch } from '../parts/switch.tsx'
import { toast } from '../parts/toast-queue.ts'
import { departmentsQuery, groupsQuery, queryClient } from '../queries.ts'
import { nameProblem } from './agent-rules.ts'
import { BrandChoice, useBrandChoice, useBrandName } from './brand-choice.tsx'
import { DeleteButton } from './delete-button.tsx'
import { FieldProblems, FormDialog } from './form-dialog.tsx'
import { hoursWords } from './hours/hours-words.ts'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

const renew = async () => {
  await queryClient.invalidateQueries({ queryKey: departmentsQuery.queryKey })
  await queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey })
}

export function DepartmentsPage() {
  const departments = useQuery(departmentsQuery)
  const [open, setOpen] = useState<DepartmentView | 'new'>()
  return (
    <SettingsPage
      title="Departments"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add a department
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Live chat is switched on per department. Where it is off, its groups are offered for no
        invitation and receive no new chats.
      </p>
      <List
        query={departments}
        keyOf={(department) => department.id}
        empty={
          <Empty
            drawing={<Building2 size={56} strokeWidth={1} />}
            fact="There is no department"
            next="Chats need one to come to."
          />
        }
      >
        {(department) => <Row department={department} onOpen={() => setOpen(department)} />}
      </List>
      {open && (
        <DepartmentForm
          department={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  )
}

function Row({ department, onOpen }: { department: DepartmentView; onOpen: () => void }) {
  const [wish, setWish] = useState<boolean>()
  const brand = useBrandName()(department.brandId)

  // At once, without a Save: whoever switches chat off has a reason that does not wait.
  async function switchTo(liveChat: boolean) {
    setWish(liveChat)
    try {
      await api('PATCH', `/departments/${department.id}`, { liveChat })
      await renew()
      toast.show({ text: `Live chat is ${liveChat ? 'on' : 'off'} for ${department.name}` })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setWish(undefined)
  }

  return (
    <div className="flex min-h-[52px] items-center gap-4 px-2">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{department.name}</span>
        <span className="block truncate text-small text-text-3">
          {[brand, department.hours && hoursWords(department)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Switch
        label={
          <span className="font-normal text-text-2">
            Live chat<span className="sr-only"> for {department.name}</span>
          </span>
        }
        checked={wish ?? department.liveChat}
        onChange={(on) => void switchTo(on)}
      />
      <IconButton
        label={`Edit ${department.name}`}
        icon={<Pencil size={15} aria-hidden />}
        onClick={onOpen}
      />
    </div>
  )
}

type DepartmentFormProps = { department: DepartmentView | undefined; onClose: () => void }

function DepartmentForm({ department, onClose }: DepartmentFormProps) {
  const [name, setName] = useState(department?.name ?? '')
  const [chosen, choose] = useState('')
  const brand = useBrandChoice(chosen)
  const [problem, setProblem] = useState<string>()

  async function save() {
    const found = nameProblem(name)
    setProblem(found)
    if (found) throw new FieldProblems()
    if (department) await api('PATCH', `/departments/${department.id}`, { name: name.trim() })
    else await api('POST', '/departments', { name: name.trim(), liveChat: true, ...brand })
    await renew()
  }

  return (
    <FormDialog
      title={department ? department.name : 'Add a department'}
      save={department ? 'Save' : 'Add the department'}
      saving={department ? 'Saving…' : 'Adding…'}
      changed={name !== (department?.name ?? '')}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => {
        if (thrown instanceof FieldProblems) return true
        if (!(thrown instanceof ApiProblem) || thrown.code !== 'name_taken') return false
        setProblem(thrown.message)
        return true
      }}
      last={
        department && (
          <DeleteButton
            label="Delete"
            title={`Delete the department ${department.name}?`}
            goes="Its groups go with it. A department whose groups have chats cannot be deleted; switch its live chat off instead."
            onDelete={async () => {
              await api('DELETE', `/departments/${department.id}`)
              await renew()
              onClose()
            }}
          />
        )
      }
    >
      <Field
        label="Name"
        hint={department ? undefined : 'A front-line group of the same name is made with it.'}
        error={problem}
      >
        <Input
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      {!department && <BrandChoice value={brand.brandId ?? ''} onChoose={choose} />}
    </FormDialog>
  )
}

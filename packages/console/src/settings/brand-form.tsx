import type { BrandInput, BrandView } from '@beckon/protocol'
import { useState } from 'react'
import { ApiProblem, api } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import {
  brandsQuery,
  departmentsQuery,
  linksQuery,
  meQuery,
  queryClient,
  sitesQuery,
} from '../queries.ts'
import { nameProblem } from './agent-rules.ts'
import { DeleteButton } from './delete-button.tsx'
import { FieldProblems, FormDialog } from './form-dialog.tsx'

/** A brand that comes or goes takes its portal with it, and the words of other screens. */
const renew = () =>
  Promise.all(
    [brandsQuery, meQuery, sitesQuery, linksQuery, departmentsQuery].map(({ queryKey }) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  )

type Draft = { name: string; slug: string; accent: string; logoText: string }
type BrandFormProps = { brand: BrandView | undefined; only: boolean; onClose: () => void }

export function BrandForm({ brand, only, onClose }: BrandFormProps) {
  const stored: Draft = {
    name: brand?.name ?? '',
    slug: brand?.slug ?? '',
    accent: brand?.accent ?? '',
    logoText: brand?.logoText ?? '',
  }
  const [draft, setDraft] = useState(stored)
  const [problems, setProblems] = useState<Partial<Draft>>({})
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))

  async function save() {
    const found: Partial<Draft> = {
      ...(nameProblem(draft.name) && { name: nameProblem(draft.name) }),
      ...(draft.accent &&
        !/^#[0-9a-f]{6}$/i.test(draft.accent) && {
          accent: 'Write # and six figures, such as #1d5c47.',
        }),
      ...(draft.slug &&
        !/^[a-z0-9](-?[a-z0-9])*$/.test(draft.slug) && {
          slug: 'Use small letters, figures and single dashes.',
        }),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) throw new FieldProblems()
    const body: BrandInput = {
      name: draft.name.trim(),
      accent: draft.accent || null,
      logoText: draft.logoText.trim() || null,
      ...(draft.slug && { slug: draft.slug }),
    }
    if (brand) await api('PATCH', `/brands/${brand.id}`, body)
    else await api('POST', '/brands', body)
    await renew()
  }

  return (
    <FormDialog
      title={brand ? brand.name : 'Add a brand'}
      save={brand ? 'Save' : 'Add the brand'}
      saving={brand ? 'Saving…' : 'Adding…'}
      changed={JSON.stringify(draft) !== JSON.stringify(stored)}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => {
        if (thrown instanceof FieldProblems) return true
        if (!(thrown instanceof ApiProblem) || thrown.code !== 'name_taken') return false
        setProblems(
          /portal/.test(thrown.message) ? { slug: thrown.message } : { name: thrown.message },
        )
        return true
      }}
      last={
        brand &&
        !only && (
          <DeleteButton
            label="Delete"
            title={`Delete the brand ${brand.name}?`}
            goes="Its portal goes with it. A brand with departments, websites or visitors cannot be deleted."
            onDelete={async () => {
              await api('DELETE', `/brands/${brand.id}`)
              await renew()
              onClose()
            }}
          />
        )
      }
    >
      <Field
        label="Name"
        hint={
          brand ? undefined : 'Its portal is made with it; then add a department and a website.'
        }
        error={problems.name}
      >
        <Input
          autoFocus
          maxLength={80}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Field>
      <Field
        label="Address of the portal"
        hint={brand ? 'Links to the one before stop working.' : 'Empty: made of the name.'}
        error={problems.slug}
      >
        <Input
          maxLength={40}
          spellCheck={false}
          value={draft.slug}
          onChange={(event) => set({ slug: event.currentTarget.value })}
        />
      </Field>
      <Field label="Text in the portal’s corner" hint="Empty: the name.">
        <Input
          maxLength={80}
          value={draft.logoText}
          onChange={(event) => set({ logoText: event.currentTarget.value })}
        />
      </Field>
      <Field
        label="Colour of the portal"
        hint="Darkened or lightened where it could not be read. Empty: as shipped."
        error={problems.accent}
      >
        <div className="flex items-center gap-2">
          <input
            type="color"
            aria-label="Choose any colour"
            value={/^#[0-9a-f]{6}$/i.test(draft.accent) ? draft.accent : SHIPPED}
            onChange={(event) => set({ accent: event.currentTarget.value })}
            className="h-[34px] w-9 flex-none rounded-input border border-control bg-surface p-1"
          />
          <Input
            maxLength={7}
            spellCheck={false}
            className="font-mono"
            value={draft.accent}
            onChange={(event) => set({ accent: event.currentTarget.value.trim() })}
          />
          {draft.accent && (
            <Button variant="ghost" onClick={() => set({ accent: '' })}>
              As shipped
            </Button>
          )}
        </div>
      </Field>
    </FormDialog>
  )
}

/** What the colour well shows while nothing is chosen. */
const SHIPPED = '#2645d8'

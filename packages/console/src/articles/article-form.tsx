import { type ArticleView, type BrandId, LIMITS } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../api.ts'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Segment } from '../parts/segment.tsx'
import { Select } from '../parts/select.tsx'
import { Switch } from '../parts/switch.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { brandsQuery } from '../queries.ts'
import { DeleteButton } from '../settings/delete-button.tsx'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { Unread } from '../settings/list.tsx'
import { ArticleBody } from './article-body.tsx'
import { deleteArticle, previewQuery, saveArticle } from './articles.ts'

const FACES = [
  { value: 'write', label: 'Write' },
  { value: 'preview', label: 'Preview' },
] as const
type Face = (typeof FACES)[number]['value']

type ArticleFormProps = { article: ArticleView | undefined; onClose: () => void }

/** One help article: its words, its address, whether visitors see it. */
export function ArticleForm({ article, onClose }: ArticleFormProps) {
  const { data: brands = [] } = useQuery(brandsQuery)
  const before = {
    title: article?.title ?? '',
    lead: article?.lead ?? '',
    body: article?.body ?? '',
    slug: article?.slug ?? '',
    published: article?.published ?? false,
    brandId: article?.brandId ?? undefined,
  }
  const [now, setNow] = useState<
    Omit<typeof before, 'brandId'> & { brandId?: BrandId | undefined }
  >(before)
  const [face, setFace] = useState<Face>('write')
  const [tried, setTried] = useState(false)
  const [taken, setTaken] = useState<string>()
  const problems = {
    title: now.title.trim() === '' ? 'Give it a title: what would a visitor ask?' : undefined,
    body: now.body.trim() === '' ? 'There is nothing to read yet.' : undefined,
    slug: slugProblem(now.slug) ?? (taken === now.slug ? TAKEN : undefined),
  }
  const set = (part: Partial<typeof now>) => setNow({ ...now, ...part })
  const brandId = now.brandId ?? brands[0]?.id

  async function save() {
    setTried(true)
    if (problems.title || problems.body || problems.slug) throw new FieldProblems()
    const { slug, ...input } = now
    try {
      await saveArticle(
        { ...input, ...(slug && { slug }), ...(brandId && { brandId }) },
        article?.id,
      )
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.code !== 'name_taken') throw thrown
      setTaken(now.slug)
      throw new FieldProblems()
    }
  }

  return (
    <FormDialog
      title={article ? article.title : 'New help article'}
      size="w-[720px]"
      save="Save"
      saving="Saving…"
      changed={JSON.stringify(now) !== JSON.stringify(before)}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
      last={
        article && (
          <DeleteButton
            label="Delete"
            title={`Delete the article ${article.title}?`}
            goes="Links to it lead nowhere then. It cannot be brought back."
            onDelete={async () => {
              await deleteArticle(article.id)
              onClose()
            }}
          />
        )
      }
    >
      {!article && brands.length > 1 && (
        <Field label="Brand" hint="The portal it stands on.">
          <Select
            value={brandId ?? ''}
            choices={brands.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={(id) => set({ brandId: id as BrandId })}
          />
        </Field>
      )}
      <Field label="Title" error={tried ? problems.title : undefined}>
        <Input
          autoFocus
          maxLength={LIMITS.articleTitle}
          value={now.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
      </Field>
      <Field label="Summary" hint="One sentence under the title and in lists. It may stay empty.">
        <Input
          maxLength={LIMITS.articleLead}
          value={now.lead}
          onChange={(event) => set({ lead: event.currentTarget.value })}
        />
      </Field>
      <Field
        label="Text"
        aside={<Segment label="Text" value={face} options={FACES} onChange={setFace} />}
        error={tried ? problems.body : undefined}
        hint="Markdown: ## heading, **bold**, - list, [link](https://…). HTML and pictures are left out."
      >
        {face === 'write' ? (
          <Textarea
            rows={14}
            maxLength={LIMITS.articleCharacters}
            value={now.body}
            onChange={(event) => set({ body: event.currentTarget.value })}
            className="font-mono"
          />
        ) : (
          <Preview body={now.body} />
        )}
      </Field>
      <Field
        label="Address"
        error={tried || taken === now.slug ? problems.slug : undefined}
        hint={article ? article.url : 'Its last part. Left empty it is made from the title.'}
      >
        <Input
          maxLength={80}
          autoCapitalize="off"
          spellCheck={false}
          value={now.slug}
          onChange={(event) => set({ slug: event.currentTarget.value })}
          className="font-mono"
        />
      </Field>
      <Switch
        checked={now.published}
        onChange={(published) => set({ published })}
        label="Published"
        hint="On the portal, found by its search and suggested in chats."
      />
    </FormDialog>
  )
}

function Preview({ body }: { body: string }) {
  const preview = useQuery(previewQuery(body))
  return (
    <div className="min-h-[200px] max-h-[340px] overflow-y-auto rounded-input border border-line bg-surface p-4">
      {body.trim() === '' ? (
        <p className="text-text-3">Nothing is written yet.</p>
      ) : preview.error ? (
        <Unread problem={preview.error} again={() => void preview.refetch()} />
      ) : (
        preview.data && <ArticleBody nodes={preview.data} />
      )}
    </div>
  )
}

const TAKEN = 'Another article has this address. Choose another one.'

const slugProblem = (slug: string): string | undefined =>
  slug === '' || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)
    ? undefined
    : 'Small letters, figures and single hyphens only, such as delivery-times.'

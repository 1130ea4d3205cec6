import type { Me, PageCause, PageCheck, SiteView } from '@beckon/protocol'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { CheckLine } from './check-line.tsx'
import { pageWords } from './page-words.ts'

type PageCheckFormProps = {
  site: SiteView
  me: Me
  url: string
  onAllow: (origin: string) => void
}

/** Lets the server fetch one page and says what is in the way there. */
export function PageCheckForm({ site, me, url, onAllow }: PageCheckFormProps) {
  const [typed, setTyped] = useState(url)
  const check = useMutation({
    mutationFn: (asked: string) =>
      api<PageCheck>('POST', `/sites/${site.id}/page-check`, { url: asked }),
  })
  const { data } = check

  function ask(event: FormEvent) {
    event.preventDefault()
    check.mutate(typed.trim())
  }

  return (
    <form onSubmit={ask} className="flex flex-col gap-3" noValidate>
      <Field
        label="Check a page"
        hint="Beckon fetches it once and reads the snippet and the security policy."
        error={check.error ? sentenceOf(check.error) : undefined}
      >
        <div className="flex items-center gap-2">
          <Input
            inputMode="url"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            type="submit"
            busy={check.isPending && 'Reading…'}
            className="min-h-[34px] max-md:min-h-10"
          >
            Check the page
          </Button>
        </div>
      </Field>
      <ul aria-live="polite" className="flex flex-col gap-3">
        {data?.causes.map((found) => (
          <CheckLine
            key={found.cause}
            check={{
              id: found.cause,
              // Where Beckon does not look, nothing has been found.
              state: OUT_OF_REACH.has(found.cause) ? 'later' : 'failed',
              title: data.url,
              ...pageWords(found, me.publicUrl),
            }}
            onAllow={onAllow}
          />
        ))}
        {data?.causes.length === 0 && (
          <CheckLine
            check={{
              id: 'fine',
              state: 'passed',
              title: data.url,
              text: 'The snippet is in this page, and nothing there stops it.',
            }}
            onAllow={onAllow}
          />
        )}
      </ul>
    </form>
  )
}

const OUT_OF_REACH: ReadonlySet<PageCause> = new Set(['not_public', 'port_closed'])

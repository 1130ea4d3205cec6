import { createElement, type ReactNode, useState } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { Segment } from '../parts/segment.tsx'
import { snippetForms } from './snippet-forms.ts'

type SnippetProps = { publicUrl: string; siteKey: string; aside?: ReactNode }

/** The line to paste, in four forms, with a copy button. */
export function Snippet({ publicUrl, siteKey, aside }: SnippetProps) {
  const forms = snippetForms({ publicUrl, siteKey })
  const [chosen, choose] = useState('html')
  const form = forms.find((one) => one.id === chosen) ?? forms[0]
  if (!form) return null
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segment
          label="Form of the snippet"
          value={form.id}
          onChange={choose}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <span className="text-small text-text-3">{aside ?? form.where}</span>
      </div>
      <div className="relative rounded-menu bg-code">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long snippet scrolls, also by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-menu px-5 py-4 pe-28 max-md:pe-5 max-md:pt-13 font-mono text-[13px] leading-[22px] text-code-text select-text"
        >
          {inked(form.code)}
        </pre>
        <span className="absolute end-3 top-3">
          <CopyButton text={form.code} onCode />
        </span>
      </div>
      {aside && form.id !== 'html' && <p className="text-small text-text-3">{form.where}</p>}
    </div>
  )
}

/** Quoted values and the tag itself in their inks. */
function inked(code: string): ReactNode {
  // biome-ignore-start lint/correctness/useJsxKeyInIterable: handed over as separate children below
  const parts = code.split(/("[^"\n]*"|<\/?[A-Za-z]+|\/?>)/).map((part) => {
    if (part.startsWith('"')) return <span className="text-code-value">{part}</span>
    return /^<|>$/.test(part) ? <span className="text-code-tag">{part}</span> : part
  })
  // biome-ignore-end lint/correctness/useJsxKeyInIterable: separate children need no keys
  return createElement('code', null, ...parts)
}

import type { LinkView, SiteView } from '@beckon/protocol'
import { useState } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Segment } from '../parts/segment.tsx'

/** Lines that put the link on a page: the snippet once, and an element wherever it should be. */
export function LinkCode({
  link,
  site,
  onClose,
}: {
  link: LinkView
  site: SiteView | undefined
  onClose: () => void
}) {
  const forms = formsOf(link)
  const [chosen, choose] = useState<(typeof forms)[number]['id']>('button')
  const { code } = forms.find(({ id }) => id === chosen) ?? forms[0]
  return (
    <Dialog
      open
      size="w-[560px]"
      title="Put it on a page"
      description={
        link.main
          ? 'The snippet draws it by itself. Elements of your own can open it, too.'
          : 'Any element with this attribute opens it, also one that comes later.'
      }
      onOpenChange={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <Segment
          label="Kind of element"
          value={chosen}
          onChange={choose}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Code code={code} label="Copy the element" />
        {site && (
          <>
            <p className="text-text-2">
              Once on every page of {site.name}, before &lt;/head&gt;, if it is not there yet:
            </p>
            <Code code={site.snippet} label="Copy the snippet" />
          </>
        )}
      </div>
    </Dialog>
  )
}

const formsOf = ({ id, type, style }: LinkView) => {
  const inside = type === 'image' || type === 'text' ? '' : style.onlineText || 'Chat with us'
  return [
    {
      id: 'button',
      name: 'Button',
      code: `<button type="button" data-beckon-link="${id}">${inside}</button>`,
    },
    {
      id: 'link',
      name: 'Link',
      code: `<a href="/contact" data-beckon-link="${id}">${inside || 'Contact'}</a>`,
    },
    { id: 'element', name: 'Any element', code: `<span data-beckon-link="${id}">${inside}</span>` },
  ] as const
}

const Code = ({ code, label }: { code: string; label: string }) => (
  <div className="relative rounded-menu bg-code">
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, also by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-menu px-4 py-3 pe-28 font-mono text-small text-code-text select-text"
    >
      {code}
    </pre>
    <span className="absolute end-2.5 top-2">
      <CopyButton text={code} label={label} onCode />
    </span>
  </div>
)

import { Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { findVariables, type Variable } from './variables.ts'

type VariablesListProps = {
  variables: readonly Variable[]
  onInsert: (token: string) => void
}

/** Every variable with what it stands for on this visitor; a click inserts it (S26). */
export function VariablesList({ variables, onInsert }: VariablesListProps) {
  const [query, setQuery] = useState('')
  const found = findVariables(variables, query)
  return (
    <section aria-label="Variables" className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-medium">Variables</h3>
        <label className="relative w-[168px]">
          <Search
            size={14}
            aria-hidden
            className="pointer-events-none absolute start-2 top-1/2 -translate-y-1/2 text-text-3"
          />
          <input
            type="search"
            aria-label="Find a variable"
            placeholder="Find a variable"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            className="text-field h-7 w-full ps-7 pe-2 text-small"
          />
        </label>
      </div>
      <ul className="relative min-h-24 flex-1 overflow-y-auto rounded-input border border-line">
        {found.map((variable) => (
          <li key={variable.name} className="border-b border-line last:border-b-0">
            <button
              type="button"
              onClick={() => onInsert(variable.token)}
              className="group ring-inside grid min-h-[29px] w-full grid-cols-[150px_1fr_auto] items-center gap-2 px-2.5 text-start text-small hover:bg-hover"
            >
              <span
                className="truncate font-mono text-[12px] text-accent-text"
                title={variable.token}
              >
                <span className="sr-only">Insert </span>
                {variable.token}
              </span>{' '}
              <span className="min-w-0">
                {variable.value === null ? (
                  <span className="text-text-3">No value – leaves nothing</span>
                ) : (
                  <span className="block truncate" title={variable.value}>
                    {variable.value}
                    {variable.reveals && (
                      <span className="text-text-3"> · the visitor will read this</span>
                    )}
                  </span>
                )}
              </span>
              <Plus
                size={14}
                aria-hidden
                className="text-text-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
              />
            </button>
          </li>
        ))}
        {found.length === 0 && (
          <li className="px-2.5 py-3 text-small text-text-3">No variable is called like that.</li>
        )}
      </ul>
    </section>
  )
}

import type { VisitorState, VisitState } from '@beckon/protocol'
import { BadgeCheck } from 'lucide-react'
import { Fragment } from 'react'
import { Breakable } from '../../parts/breakable.tsx'
import { WhatIsHeld } from './what-is-held.tsx'

const RUNGS = {
  displayname: 'Name',
  username: 'User name',
  email: 'Email',
  ip: 'Address',
  code: 'Visitor',
}

/** Who the page says this is, whether that is proved, and what else it says. */
export function AttributesList({
  state,
  record,
}: {
  state: VisitState
  record: VisitorState | undefined
}) {
  const { row, attributes } = state
  const said = record?.identified[0]
  const { verified } = state
  const signed: [label: string, value: string | undefined][] = [
    ['Name', verified?.name],
    ['User name', verified?.username],
    ['Email', verified?.email],
    ['Known there as', verified?.subject],
  ]
  const identity: [label: string, value: string | undefined][] = said
    ? [
        ['Name', said.displayName],
        ['User name', said.username],
        ['Email', said.email],
      ]
    : [
        [RUNGS[row.who.rung], row.who.text],
        ['Email', row.who.rung === 'email' ? undefined : row.email],
      ]
  const named = row.who.rung !== 'ip' && row.who.rung !== 'code'
  const custom = Object.entries(attributes)
  return (
    <div className="px-4 py-3.5">
      {verified && (
        <div className="mb-4">
          <Facts heading="Verified identity" facts={signed} />
          <p className="mt-2 flex items-center gap-1.5 text-small text-text-3">
            <BadgeCheck size={14} aria-hidden className="text-accent-text" />
            Verified: the website signed this.
          </p>
        </div>
      )}
      {!verified && (
        <>
          <Facts heading="Identity" facts={identity} />
          <p className="mt-2 text-small text-text-3">
            {named ? 'Not verified: the page said so.' : 'The page has not said who this is.'}
          </p>
        </>
      )}
      <div className="mt-5">
        <Facts heading="From the page" facts={custom} />
        {custom.length === 0 && (
          <p className="text-small text-text-3">The page has said nothing else.</p>
        )}
      </div>
      <WhatIsHeld row={row} />
    </div>
  )
}

type FactsProps = { heading: string; facts: readonly [string, string | undefined][] }

function Facts({ heading, facts }: FactsProps) {
  return (
    <>
      <h3 className="mb-1 text-small text-text-3">{heading}</h3>
      <dl className="grid grid-cols-[minmax(84px,auto)_1fr] gap-x-3 gap-y-1 text-small">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <Fragment key={label}>
              <dt className="max-w-36 truncate text-text-3" title={label}>
                {label}
              </dt>
              <dd className="min-w-0 break-words text-text select-text">
                {value && <Breakable text={value} />}
              </dd>
            </Fragment>
          ))}
      </dl>
    </>
  )
}

import {
  LIMITS,
  type SiteId,
  type VisitFilter,
  type VisitId,
  type VisitRow,
} from '@beckon/protocol'
import { List, Map as MapIcon, MessageCirclePlus, Rows3, Rows4 } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { cx } from '../parts/class-names.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Segment } from '../parts/segment.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { ActionsMenu, type Everyone, type VisitorDoing } from './actions-menu.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { ConditionChips } from './condition-chips.tsx'
import type { Layout } from './layout.ts'
import type { Selection } from './selection.ts'
import type { SiteFace } from './use-sites.ts'
import type { View } from './view.ts'
import { everyoneActs, TOO_MANY_INVITED, visitorActs } from './visitor-acts.ts'

type ListBarProps = {
  face: View['face']
  onFace: (face: View['face']) => void
  filter: VisitFilter
  onFilter: (filter: VisitFilter) => void
  /** What the filter in force is called, and which one its conditions began from. */
  filterName: string | undefined
  changedFrom: string | undefined
  onClearFilter: () => void
  onBuild: (how: 'saved' | 'new') => void
  sites: ReadonlyMap<SiteId, SiteFace>
  /** How many match; undefined while that is not known. */
  total: number | undefined
  online: number | undefined
  /** Moves, arrivals and departures that wait while the order is held. */
  waiting: number
  /** How many of them are new visitors. */
  fresh: number
  onApply: () => void
  selection: Selection
  chosen: readonly VisitRow[]
  openId: VisitId | undefined
  onClear: () => void
  /** Everyone who matches is selected. */
  everyone: Everyone | undefined
  onSelectEveryone: () => void
  onExport: (format: 'csv' | 'json') => void
  hostNames: boolean
  bots: { words: string; onToggle: () => void } | undefined
  doing: VisitorDoing
  layout: Layout
  onLayout: (layout: Layout) => void
}

/** The line above the list: what is shown, and what can be done with the selected. */
export function ListBar(props: ListBarProps) {
  const { selection, chosen, openId, doing, everyone, onExport } = props
  const phone = useMedia(PHONE)
  const count = everyone?.total ?? selection.ids.length
  const acts = everyone ? everyoneActs(everyone.total) : visitorActs(chosen)
  // The one in the details pane has its own button there; the bar stays as it is.
  const several = everyone !== undefined || count > 1 || (selection.ids[0] ?? openId) !== openId
  return (
    <div
      className={cx(
        'flex min-h-[44px] flex-none flex-wrap items-center gap-x-2.5 gap-y-1.5 border-b border-line px-3.5 py-[7px]',
        !several && 'md:items-start',
      )}
    >
      {several ? (
        <>
          <p className="font-medium tabular-nums" role="status">
            {count.toLocaleString('en')} selected
          </p>
          <ActionsMenu
            rows={chosen}
            everyone={everyone}
            doing={doing}
            onExport={onExport}
            align="start"
          />
          <Button
            variant="primary"
            icon={<MessageCirclePlus size={16} aria-hidden />}
            kbd="I"
            disabled={acts.invite !== undefined}
            title={acts.invite}
            onClick={() =>
              everyone ? void everyone.rows().then(doing.invite) : doing.invite(chosen)
            }
          >
            Invite to Live Chat
          </Button>
          <Button variant="ghost" kbd="Esc" onClick={props.onClear}>
            Clear
          </Button>
          {/* Takes what is left and nothing more: a second line would move the list. */}
          <p className="min-w-0 flex-1 basis-0 truncate text-small text-text-3" title={acts.invite}>
            {count > LIMITS.recipients ? TOO_MANY_INVITED : ''}
          </p>
          <Waiting {...props} />
          {mayHaveMore(props) ? (
            <Button variant="ghost" onClick={props.onSelectEveryone}>
              Select all {props.total?.toLocaleString('en')}
            </Button>
          ) : (
            <Total {...props} />
          )}
          {!phone && <Faces face={props.face} onFace={props.onFace} />}
        </>
      ) : (
        <>
          <Faces face={props.face} onFace={props.onFace} />
          <ConditionChips
            filter={props.filter}
            sites={props.sites}
            name={props.filterName}
            changedFrom={props.changedFrom}
            onFilter={props.onFilter}
            onClear={props.onClearFilter}
            onBuild={props.onBuild}
          />
          <span className="flex-1 md:hidden" />
          <span className="flex h-[30px] flex-none items-center gap-2.5">
            <Waiting {...props} />
            <Total {...props} />
            <ActionsMenu rows={chosen} doing={doing} onExport={onExport} />
          </span>
        </>
      )}
      {props.face === 'list' && !(phone && several) && (
        <span className="flex h-[30px] items-center gap-1">
          <span className="max-md:hidden">
            <Density {...props} />
          </span>
          <ColumnsMenu
            layout={props.layout}
            onLayout={props.onLayout}
            hostNames={props.hostNames}
            bots={props.bots}
          />
        </span>
      )}
    </div>
  )
}

/** Beyond the selected there is more to be had: everyone who matches, wherever they are. */
const mayHaveMore = ({ everyone, selection, total = 0, face }: ListBarProps): boolean =>
  !everyone && face === 'list' && selection.ids.length > 1 && selection.ids.length < total

const Density = ({ layout, onLayout }: Pick<ListBarProps, 'layout' | 'onLayout'>) => {
  const compact = layout.density === 'compact'
  return (
    <IconButton
      label={compact ? 'Comfortable rows' : 'Compact rows'}
      kbd="D"
      icon={compact ? <Rows3 size={16} aria-hidden /> : <Rows4 size={16} aria-hidden />}
      onClick={() => onLayout({ ...layout, density: compact ? 'comfortable' : 'compact' })}
    />
  )
}

const Faces = ({ face, onFace }: Pick<ListBarProps, 'face' | 'onFace'>) => (
  <Segment
    label="Shown as"
    value={face}
    onChange={onFace}
    options={[
      { value: 'list', label: 'List', icon: <List size={15} aria-hidden /> },
      { value: 'map', label: 'Density Map', icon: <MapIcon size={15} aria-hidden /> },
    ]}
  />
)

function Total({ total, online, filter }: Pick<ListBarProps, 'total' | 'online' | 'filter'>) {
  if (total === undefined || online === undefined) return null
  const narrowed = filter.conditions.some(({ off }) => !off) && !filter.bots
  return (
    <p className="text-text-3 tabular-nums">
      {narrowed
        ? `${total.toLocaleString('en')} of ${online.toLocaleString('en')}`
        : `${(filter.bots ? total : online).toLocaleString('en')} ${words(filter.bots ? total : online, filter.bots ?? false)}`}
    </p>
  )
}

const words = (count: number, bots: boolean): string =>
  `${bots ? 'bot' : 'visitor'}${count === 1 ? '' : 's'}`

/** Rows keep their places while the pointer is among them; here is what has happened meanwhile. */
function Waiting({
  waiting,
  fresh,
  onApply,
  face,
}: Pick<ListBarProps, 'waiting' | 'fresh' | 'onApply' | 'face'>) {
  if (waiting === 0 || face !== 'list') return null
  return (
    <button
      type="button"
      onClick={onApply}
      className="inline-flex h-[26px] animate-fade items-center gap-2 rounded-full bg-accent-soft px-2.5 text-small font-medium text-accent-text tabular-nums hover:underline"
    >
      {fresh > 0 ? `${fresh} new` : waiting === 1 ? '1 change waits' : `${waiting} changes wait`}
      <Kbd keys="." />
    </button>
  )
}

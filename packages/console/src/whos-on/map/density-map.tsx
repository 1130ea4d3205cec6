import type { VisitFilter, VisitId } from '@beckon/protocol'
import type { VisitorDoing } from '../actions-menu.tsx'

type DensityMapProps = { filter: VisitFilter; doing: VisitorDoing; openId: VisitId | undefined }

export function DensityMap(_: DensityMapProps) {
  return <div className="flex-1 bg-map-sea" />
}

import {
  DEFAULT_STYLE,
  type DepartmentId,
  type ImageId,
  type LinkImages,
  type LinkOffline,
  type LinkStyle,
} from '@beckon/protocol'
import type { Db } from '../store/store.ts'
import type { Link } from './directory.ts'

/** Links with what is known of their pictures; the pictures themselves stay in the database. */
export async function linksOf(db: Db): Promise<Link[]> {
  const rows = await db.selectFrom('links').selectAll().orderBy('id').execute()
  const images = await db.selectFrom('images').select(['id', 'width', 'height']).execute()
  const imageAt = (id: ImageId | null | undefined) =>
    images.find((image) => image.id === id) ?? null
  return rows.map((row) => {
    const picked = parsed<Partial<LinkImages>>(row.images) ?? {}
    return {
      id: row.id,
      siteId: row.site_id,
      name: row.name,
      type: row.type,
      // Styles stored before a token existed get its default.
      style: { ...DEFAULT_STYLE, ...(JSON.parse(row.style) as Partial<LinkStyle>) },
      departmentIds: parsed<DepartmentId[]>(row.department_ids),
      offline: parsed<LinkOffline>(row.offline) ?? { do: 'message' },
      css: row.css,
      images: {
        online: imageAt(picked.online),
        offline: imageAt(picked.offline),
        logo: imageAt(picked.logo),
      },
    }
  })
}

const parsed = <T>(json: string | null): T | null => (json === null ? null : JSON.parse(json))

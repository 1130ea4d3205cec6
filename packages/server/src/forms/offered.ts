import type { DepartmentId, LinkId, OfferedDepartment, SiteId } from '@beckon/protocol'
import { receivingGroups } from '../chats/receivers.ts'
import type { Department, Group, Picture } from '../directory/directory.ts'
import { formOf } from './form.ts'

/* Which departments a visitor may choose, and which group gets the chat. */

/** The page's site, and the live chat link that the panel belongs to. */
export type Asking = { siteId: SiteId; linkId: string | undefined }

/** With live chat on, by name. What is no link of the site means all. */
function departmentsFor(picture: Picture, { siteId, linkId }: Asking): Department[] {
  const site = picture.sites.get(siteId)
  if (!site || site.off) return []
  const link = picture.links.get(linkId as LinkId)
  const some = link?.siteId === siteId ? link.departmentIds : null
  return [...picture.departments.values()]
    .filter(({ brandId, liveChat }) => brandId === site.brandId && liveChat)
    .filter(({ id }) => some?.includes(id) ?? true)
    .sort((a, b) => a.name.localeCompare(b.name))
}

export function offered(picture: Picture, asking: Asking): OfferedDepartment[] {
  return departmentsFor(picture, asking).map(({ id, name, brandId }) => {
    const { fields, texts } = formOf(picture.forms, id)
    return {
      id,
      name,
      online: receivingGroups(picture, brandId, [id]).length > 0,
      fields,
      ...(texts.greeting && { greeting: texts.greeting }),
      ...(texts.offline && { offline: texts.offline }),
    }
  })
}

/** The chosen department's, or of whichever can take it; undefined: nobody would get the chat. */
export function groupFor(
  picture: Picture,
  asking: Asking,
  chosen: DepartmentId | undefined,
): Group | undefined {
  const site = picture.sites.get(asking.siteId)
  if (!site) return undefined
  const ids = departmentsFor(picture, asking)
    .map(({ id }) => id)
    .filter((id) => !chosen || id === chosen)
  return receivingGroups(picture, site.brandId, ids)[0]
}

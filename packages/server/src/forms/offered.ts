import type { LinkId, OfferedDepartment, SiteId } from '@beckon/protocol'
import type { Receivers } from '../chats/receivers.ts'
import type { Department, Picture } from '../directory/directory.ts'
import { formOf } from './form.ts'
import { formIn } from './form-words.ts'

/* Which departments a visitor may choose. */

/** The page's site, the live chat link that the panel belongs to, and what it speaks. */
export type Asking = { siteId: SiteId; linkId: string | undefined; language?: string | undefined }

/** With live chat on, by name. What is no link of the site means all. */
export function departmentsFor(picture: Picture, { siteId, linkId }: Asking): Department[] {
  const site = picture.sites.get(siteId)
  if (!site || site.off) return []
  const link = picture.links.get(linkId as LinkId)
  const some = link?.siteId === siteId ? link.departmentIds : null
  return [...picture.departments.values()]
    .filter(({ brandId, liveChat }) => brandId === site.brandId && liveChat)
    .filter(({ id }) => some?.includes(id) ?? true)
    .sort((a, b) => a.name.localeCompare(b.name))
}

export function offered(
  picture: Picture,
  asking: Asking,
  face: Receivers['face'],
): OfferedDepartment[] {
  return departmentsFor(picture, asking).map(({ id, name, brandId }) => {
    const { fields, texts, name: said } = formIn(formOf(picture.forms, id), asking.language)
    return {
      id,
      name: said || name,
      ...face({ brandId, departmentIds: [id] }),
      fields,
      ...(texts.greeting && { greeting: texts.greeting }),
      ...(texts.offline && { offline: texts.offline }),
    }
  })
}

import {
  DEFAULT_STYLE,
  type DepartmentId,
  imagePath,
  type LinkFace,
  type Look,
} from '@beckon/protocol'
import { linkCss } from '@beckon/protocol/link-css'
import { themesOf } from '@beckon/protocol/theme'
import type { Link, LinkPicture, Picture, Site } from '../directory/directory.ts'
import type { Face } from '../visits/presence.ts'

/** Whether a chat for one of these departments would reach somebody now; null: of the whole brand. */
export type Asked = (site: Site, departmentIds: readonly DepartmentId[] | null) => Face

/**
 * How a page of a site looks: `shown` is the first live chat link that can be seen on it. Its style
 * is everywhere; the launcher alone stays the main link's.
 */
export function lookOf(
  { site, shown, main }: { site: Site; shown: Link | undefined; main: Link | undefined },
  picture: Picture,
  ask: Asked,
): Look {
  const link = shown ?? main
  const other = main && main !== link ? main : undefined
  const style = link?.style ?? DEFAULT_STYLE
  const css = linkCss(main, style, [main?.css ?? '', shown && shown !== main ? shown.css : ''])
  const choice = choiceOf(link?.departmentIds ?? null, site, picture, ask)
  return {
    ...part(site, link, ask),
    launcher: main !== undefined && !isHidden(site, main, ask),
    siteName: site.name,
    ...(link && { linkId: link.id }),
    ...(other && { main: lookOf({ site, shown: undefined, main: other }, picture, ask) }),
    ...(css && { css }),
    ...(link?.images.logo && { logo: imagePath(link.images.logo.id) }),
    ...(choice.length > 1 && { departments: choice }),
    ...(site.showPrivacy && { privacy: true }),
    ...(site.showTyping && { typing: true }),
  }
}

/** A link on an element of the page: what opens from it looks as if there were no other. */
export function faceOf(site: Site, link: Link, picture: Picture, ask: Asked): LinkFace {
  const look = lookOf({ site, shown: link, main: undefined }, picture, ask)
  const image = (!look.online && link.images.offline) || link.images.online
  return {
    type: link.type,
    look,
    ...(link.type === 'image' && image && { image: shownImage(image) }),
    ...(isHidden(site, link, ask) && { hidden: true }),
  }
}

const part = (site: Site, link: Link | undefined, ask: Asked) => {
  const style = link?.style ?? DEFAULT_STYLE
  const face = ask(site, link?.departmentIds ?? null)
  return {
    style,
    themes: themesOf(style),
    ...face,
    ...(!face.online && link?.offline.do === 'url' && { elsewhere: link.offline.url }),
  }
}

const isHidden = (site: Site, link: Link, ask: Asked): boolean =>
  link.offline.do === 'hide' && !ask(site, link.departmentIds).online

const shownImage = ({ id, width, height }: LinkPicture) => ({ path: imagePath(id), width, height })

function choiceOf(
  offered: Link['departmentIds'],
  site: Site,
  { departments }: Picture,
  ask: Asked,
): NonNullable<Look['departments']> {
  return [...departments.values()]
    .filter(({ brandId, liveChat }) => brandId === site.brandId && liveChat)
    .filter(({ id }) => offered?.includes(id) ?? true)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ id, name, online: ask(site, [id]).online }))
}

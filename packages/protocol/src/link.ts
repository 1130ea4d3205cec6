import { type Static, Type } from 'typebox'
import { type DepartmentId, Id, type ImageId, type LinkId, type SiteId } from './ids.ts'
import { LinkStyle } from './style.ts'

/*
 * A live chat link: a configured way into a chat. Button and tab stand at the page's edge, drawn by
 * the snippet when they are the site's main link; any link may be put on elements of the page with
 * `data-beckon-link`, into which text and image draw their face.
 */

const strict = { additionalProperties: false } as const

export const LinkType = Type.Union([
  Type.Literal('button'),
  Type.Literal('tab'),
  Type.Literal('text'),
  Type.Literal('image'),
])
export type LinkType = Static<typeof LinkType>

/** What a link does while nobody receives chats for its departments. */
export const LinkOffline = Type.Union([
  Type.Object({ do: Type.Literal('message') }, strict),
  Type.Object({ do: Type.Literal('url'), url: Type.String({ maxLength: 2_048 }) }, strict),
  Type.Object({ do: Type.Literal('hide') }, strict),
])
export type LinkOffline = Static<typeof LinkOffline>

const Picked = Type.Union([Id<ImageId>(), Type.Null()])
/** Faces of a link of type image, and what stands at the head of the panel. */
export const LinkImages = Type.Object({ online: Picked, offline: Picked, logo: Picked }, strict)
export type LinkImages = Static<typeof LinkImages>

/** Characters of a link's own rules. */
export const CSS_CHARACTERS = 8_000

/** The departments it offers; null is all of the brand. */
const Departments = Type.Union([
  Type.Array(Id<DepartmentId>(), { minItems: 1, maxItems: 50, uniqueItems: true }),
  Type.Null(),
])
/** Rules of the customer's own, inside the widget's shadow root. */
const Css = Type.String({ maxLength: CSS_CHARACTERS })

export const LinkInput = Type.Object(
  {
    siteId: Id<SiteId>(),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    type: LinkType,
    style: LinkStyle,
    departmentIds: Type.Optional(Departments),
    offline: Type.Optional(LinkOffline),
    css: Type.Optional(Css),
    images: Type.Optional(LinkImages),
  },
  strict,
)
export type LinkInput = Static<typeof LinkInput>

export const LinkView = Type.Object({
  id: Id<LinkId>(),
  siteId: Id<SiteId>(),
  name: Type.String(),
  type: LinkType,
  style: LinkStyle,
  departmentIds: Departments,
  offline: LinkOffline,
  css: Css,
  images: LinkImages,
  /** The snippet draws it on every page of its site. */
  main: Type.Boolean(),
  /** When a page last had it, as far as pages have told; null is never. */
  seenAt: Type.Union([Type.Number(), Type.Null()]),
})
export type LinkView = Static<typeof LinkView>

/** A picture of at most 100 KB, as base64. */
export const IMAGE_BYTES = 100 * 1024
export const ImageInput = Type.Object(
  { siteId: Id<SiteId>(), data: Type.String({ minLength: 1, maxLength: 140_000 }) },
  strict,
)
export type ImageInput = Static<typeof ImageInput>
export const ImageView = Type.Object({
  id: Id<ImageId>(),
  siteId: Id<SiteId>(),
  width: Type.Integer(),
  height: Type.Integer(),
})
export type ImageView = Static<typeof ImageView>

/** Where everybody may fetch it. */
export const imagePath = (id: string): string => `/beckon/image/${id}`

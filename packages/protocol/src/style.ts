import { type Static, Type } from 'typebox'
import { LANGUAGE_CODES } from './languages.ts'

export const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })
const Words = Type.String({ maxLength: 120 })

/** The look of a live chat link and of every window opened from it. Typed tokens only, no CSS text. */
export const LinkStyle = Type.Object(
  {
    accent: Colour,
    /** Text on the accent; absent: whichever of both can be read. */
    ink: Type.Optional(Type.Union([Type.Literal('white'), Type.Literal('dark')])),
    corners: Type.Union([Type.Literal('sharp'), Type.Literal('soft'), Type.Literal('round')]),
    position: Type.Union([Type.Literal('right'), Type.Literal('left')]),
    /** Distance from the window's edges in CSS pixels. */
    distance: Type.Integer({ minimum: 0, maximum: 120 }),
    scheme: Type.Union([Type.Literal('light'), Type.Literal('dark'), Type.Literal('auto')]),
    /** Launcher's words while someone receives chats, and while nobody does. */
    onlineText: Words,
    offlineText: Words,
    /** Heading of the panel. Empty: the site's name. */
    title: Words,
    /** First line of the panel before a chat. */
    greeting: Type.String({ maxLength: 300 }),
    /** Whether agents' initials are shown; they are unless said. */
    avatars: Type.Optional(Type.Boolean()),
    /** What visitors are spoken to in; absent: as the site says. */
    language: Type.Optional(Type.String({ enum: [...LANGUAGE_CODES] })),
    /** Whether new messages are heard, until the visitor says otherwise; they are unless said. */
    sound: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type LinkStyle = Static<typeof LinkStyle>

/** The button-type window a site without a live chat link gets (S35). */
export const DEFAULT_STYLE: LinkStyle = {
  accent: '#2645d8',
  corners: 'soft',
  position: 'right',
  distance: 20,
  scheme: 'auto',
  onlineText: 'Chat with us',
  offlineText: 'We are away',
  title: '',
  greeting: 'How can we help?',
}

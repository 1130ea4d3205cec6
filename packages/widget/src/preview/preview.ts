import {
  type CardAgent,
  DEFAULT_FORM,
  type DepartmentId,
  type LanguageCode,
  type LinkOffline,
  type LinkStyle,
  type LinkType,
  type Look,
  type Message,
  spoken,
  type VisitorChat,
} from '@beckon/protocol'
import { linkCss, refusedInCss } from '@beckon/protocol/link-css'
import { themesOf } from '@beckon/protocol/theme'
import { card } from '../card/card.ts'
import { cardCss } from '../card/card-css.ts'
import { type Child, draw } from '../draw.ts'
import { mountForms } from '../forms/forms.ts'
import { launcher } from '../launcher/launcher.ts'
import { launcherCss } from '../launcher/launcher-css.ts'
import { type Forms, type PanelDoings, panel } from '../panel/faces.ts'
import { linesOf } from '../panel/lines.ts'
import { log } from '../panel/log.ts'
import { panelCss } from '../panel/panel-css.ts'
import { initialPanel, type PanelState } from '../panel/state.ts'
import { dress } from '../surface/dress.ts'
import { addPart, openLayer } from '../surface/root.ts'
import { speakLike } from './preview-words.ts'

export { wordsOfPanel } from './preview-words.ts'

/*
 * The widget as visitors will see it, for the console's link editor: drawn by the code that draws it
 * for them, in a container that stands for their window. Nothing in it does anything.
 */

export type PreviewFace = 'start' | 'chat' | 'closed' | 'invitation' | 'queue' | 'offline'

export type WidgetPreview = {
  face: PreviewFace
  type: LinkType
  style: LinkStyle
  css: string
  /** What it does while nobody answers. */
  offline: LinkOffline['do']
  siteName: string
  /** Address of the picture at the head of the panel. */
  logo?: string
  agent: CardAgent
  groupName: string
  /** What the visitor’s device is set to. */
  scheme: 'light' | 'dark'
  direction: 'ltr' | 'rtl'
  /** What the visitor is spoken to in, with what the panel says in it; absent: English. */
  language?: { code: LanguageCode; words: object } | undefined
  phone: boolean
  /** When it was said. */
  at: number
  /** The link’s words are the customer’s; these are said around them. */
  says: { invitation: string; question: string; answer: string }
}

/** The container is the window: what is fixed stands in it, and its size is what is measured. */
const inWindow = (css: string): string =>
  css.replaceAll(/\b(\d+)vw\b/g, '$1cqw').replaceAll(/\b(\d+)dvh\b/g, '$1cqh')

const previewCss = `
:host { position: absolute !important; inset: 0 !important; z-index: auto !important; }
.layer { position: absolute; inset: 0; container-type: size; contain: strict; }
.layer * { transition: none !important; animation: none !important; }
`

export function drawPreview(
  container: HTMLElement,
  first: WidgetPreview,
): { update(props: WidgetPreview): void; destroy(): void } {
  const host = container.ownerDocument.createElement('div')
  const { layer, root, own } = openLayer(
    host,
    inWindow(launcherCss + cardCss + panelCss) + previewCss,
  )
  const panelStage = addPart(layer, 'panel-stage')
  const stage = addPart(layer, 'stage')
  layer.inert = true
  const forms = mountForms(root, IDLE)
  container.append(host)

  function update(props: WidgetPreview): void {
    const look = spoken(lookOf(props), props.language?.code)
    speakLike(look, props.language?.words)
    const isOpen =
      !['closed', 'invitation'].includes(props.face) &&
      (props.face !== 'offline' || props.offline === 'message')
    dress(layer, look, props.scheme === 'dark')
    own(inWindow(look.css ?? ''))
    layer.dir = props.direction
    draw(panelStage, isOpen && panelNow(props, look, forms))
    draw(
      stage,
      props.face === 'invitation' && cardNow(props),
      launcherNow({ ...props, style: look.style }, look, isOpen),
    )
  }
  update(first)
  return { update, destroy: () => host.remove() }
}

function lookOf({ type, style, css, face, siteName, logo }: WidgetPreview): Look {
  return {
    style,
    themes: themesOf(style),
    launcher: true,
    online: face !== 'offline',
    siteName,
    ...(logo && { logo }),
    // What may not be published would fetch here, too.
    css: linkCss({ type, style }, style, refusedInCss(css) ? [] : [css]),
  }
}

/** Beside an open card there is none, and on a phone none beside the panel. */
function launcherNow(
  { type, style, face, phone, offline }: WidgetPreview,
  look: Look,
  open: boolean,
): Child {
  if (face === 'invitation' || (phone && open) || type === 'text' || type === 'image') return
  if (!look.online && offline === 'hide') return
  return launcher(
    {
      face: look.online ? style.onlineText : style.offlineText,
      online: look.online,
      open,
      unread: undefined,
      waiting: false,
      href: undefined,
    },
    () => {},
  )
}

const cardNow = ({ agent, groupName, siteName, phone, says }: WidgetPreview): Child =>
  card({ text: says.invitation, agent, groupName, siteName, phone, reply: '', boxOpen: false })

function panelNow(props: WidgetPreview, look: Look, forms: Forms): Child {
  const { face, agent, groupName, phone, says } = props
  const chat: VisitorChat | undefined =
    face === 'offline' || face === 'start'
      ? undefined
      : {
          id: 'preview' as VisitorChat['id'],
          state: face === 'queue' ? 'queued' : 'active',
          groupName,
          ...(face === 'queue' ? { place: 2 } : { agent }),
          lastSeq: 2,
          agentSeen: 2,
          visitorSeen: 2,
        }
  const messages =
    face === 'queue' ? [said(1, 'visitor', { text: says.question, at: props.at })] : talk(props)
  const state: PanelState = {
    ...initialPanel({
      look,
      chat,
      watched: true,
      ended: undefined,
      starting: undefined,
      draft: '',
    }),
    connected: true,
    departments: [
      { id: PREVIEW, name: groupName, online: look.online, fields: DEFAULT_FORM.fields },
    ],
    messages,
  }
  const lines = chat && linesOf(messages, { chat, unsent: [], acknowledged: [] })
  const save = () => {}
  const drawn = lines && log({ lines, connected: true, brief: face === 'queue', save }, () => {})
  return panel(state, { phone, log: drawn, forms, quiet: false, origin: '' }, IDLE)
}

const PREVIEW = 'preview' as DepartmentId

const talk = ({ agent, says, at }: WidgetPreview): Message[] => [
  said(1, 'agent', { text: says.answer, name: agent.name, at }),
  said(2, 'visitor', { text: says.question, at }),
]

const said = (
  seq: number,
  from: Message['from'],
  { text, name = '', at }: { text: string; name?: string; at: number },
): Message => ({ seq, clientId: `preview-${seq}`, from, name, text, at })

/** Whatever is asked of it, it does nothing. */
const IDLE = new Proxy({} as PanelDoings, { get: () => () => {} })

import type { CardAgent, LinkStyle } from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import { draw } from '../draw.ts'
import { dress } from '../surface/dress.ts'
import { openLayer } from '../surface/root.ts'
import { card } from './card.ts'
import { cardCss } from './card-css.ts'

export type CardPreview = {
  text: string
  agent: CardAgent
  groupName: string
  siteName: string
  style: LinkStyle
  scheme: 'light' | 'dark'
  phone: boolean
}

// In a preview the card stands in the container's flow instead of at the window's edge.
const previewCss = `
:host { display: block !important; position: static !important; }
.layer .card { position: relative; inset: auto; margin: 0 auto; max-height: none; animation: none; }
.layer .card.phone { max-height: 320px; }
`

/**
 * Draws the very card a visitor gets, for the console's Message Preview. Nothing in it does
 * anything: the layer is inert.
 */
export function drawCard(
  container: HTMLElement,
  props: CardPreview,
): { update(props: CardPreview): void; destroy(): void } {
  const host = container.ownerDocument.createElement('div')
  const { layer } = openLayer(host, cardCss + previewCss)
  container.append(host)

  const update = ({ style, scheme, ...rest }: CardPreview): void => {
    dress(layer, { themes: themesOf({ ...style, scheme }) }, false)
    draw(layer, card({ ...rest, reply: '', boxOpen: false }))
    layer.inert = true
  }
  update(props)
  return { update, destroy: () => host.remove() }
}

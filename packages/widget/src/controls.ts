import { type Drawing, h, type Props } from './draw.ts'

/* What card and panel have in common under the visitor's hand. */

/** Does it on that key: not while letters are being composed, nor with Shift. The page is not told. */
export const onKey =
  (key: string, press: ((box: HTMLTextAreaElement) => void) | undefined) =>
  (event: KeyboardEvent) => {
    if (event.key !== key || event.shiftKey || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    press?.(event.currentTarget as HTMLTextAreaElement)
  }

export const iconButton = (
  name: string,
  label: string,
  icon: Drawing,
  press: (() => void) | undefined,
): Drawing =>
  h('button', { key: label, class: name, 'aria-label': label, title: label, onclick: press }, icon)

/** A box that grows with its text and is sent by Enter; Shift and Enter begin a new line. */
export const writingBox = (
  { invite, ...props }: Props & { invite: string },
  type: (text: string) => void,
  send: (() => void) | undefined,
): Drawing =>
  h('textarea', {
    rows: 1,
    // Empty, it begins where everything else does.
    dir: props.value && 'auto',
    maxlength: 4000,
    enterkeyhint: 'send',
    'aria-label': invite,
    placeholder: invite,
    ondrawn: grow,
    oninput: ({ currentTarget }: { currentTarget: HTMLTextAreaElement }) => {
      grow(currentTarget)
      type(currentTarget.value)
    },
    onkeydown: onKey('Enter', (box) => {
      send?.()
      grow(box)
    }),
    ...props,
  })

/** As tall as its text; max-height in the style sheet says where that ends. */
function grow(box: HTMLTextAreaElement): void {
  const { style } = box
  style.height = 'auto'
  // A box without layout (hidden, or not yet drawn) measures nothing and keeps its rows.
  const edges = box.offsetHeight - box.clientHeight
  if (box.scrollHeight) style.height = `${box.scrollHeight + edges}px`
}

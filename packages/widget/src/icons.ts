import { type Drawing, h } from './draw.ts'

/** A shape of Lucide's as nodes, so that no image is fetched that a page's policy could refuse. */
export const icon = (d: string): Drawing =>
  h('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d }))

export const crossIcon = () => icon('M18 6 6 18M6 6l12 12')
export const chatIcon = () => icon('M7.9 20A9 9 0 1 0 4 16.1L2 22Z')
export const downIcon = () => icon('m6 9 6 6 6-6')

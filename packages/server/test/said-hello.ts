import type { VisitorHello } from '@beckon/protocol'
import { SHOP } from './standing-directory.ts'

/* What a page says of itself when it connects. */

let pages = 0
export const aPage = (more: Partial<VisitorHello['page']> = {}): VisitorHello['page'] => ({
  id: `page-${String(++pages).padStart(6, '0')}`,
  url: 'http://localhost:8080/',
  title: 'Home',
  ...more,
})

export const helloWith = (more: Partial<VisitorHello> = {}): VisitorHello => ({
  type: 'hello',
  v: 1,
  site: `key-${SHOP}`,
  privacy: 'returning',
  page: aPage(),
  visible: true,
  focused: true,
  ...more,
})

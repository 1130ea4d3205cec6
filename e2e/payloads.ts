import type { Page } from 'playwright-core'

/*
 * Text that would run or become an element if anything drew it as markup, templates or addresses.
 * Every payload marks what it would make with `data-evil` and raises `window.__hit` if it runs.
 * The first of each kind is short enough for a name.
 */
const RUN = 'window.__hit=1'

export const PAYLOADS: readonly string[] = [
  `<img data-evil src=x onerror=${RUN}>`,
  `<script data-evil>${RUN}</script>`,
  `"><svg data-evil onload=${RUN}>`,
  `'><b data-evil onpointerover=${RUN} style=position:fixed;inset:0>`,
  `<iframe data-evil srcdoc="<script>top.__hit=1</script>">`,
  `<a data-evil href="javascript:${RUN}">press</a>`,
  `javascript:${RUN}//`,
  `data:text/html,<script data-evil>top.__hit=1</script>`,
  `<style data-evil>*{display:none!important}</style>`,
  `</textarea><img data-evil src=x onerror=${RUN}>`,
  `</title><script data-evil>${RUN}</script>`,
  `--><img data-evil src=x onerror=${RUN}><!--`,
  `<math><mtext><img data-evil src=x onerror=${RUN}>`,
  `<details data-evil open ontoggle=${RUN}>`,
  `<input data-evil autofocus onfocus=${RUN}>`,
  `<video data-evil><source onerror=${RUN}>`,
  `<object data-evil data="javascript:${RUN}">`,
  `<base data-evil href="//evil.example/">`,
  `<form data-evil action="javascript:${RUN}"><button>go`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}} #{${RUN}} <%= ${RUN} %>`,
  `&lt;img data-evil src=x onerror=${RUN}&gt;`,
  `\u200f<img data-evil src=x onerror=${RUN}>`,
  `\\u003cimg data-evil src=x onerror=${RUN}\\u003e`,
  `<beckon-widget data-evil popover><template shadowrootmode=open>`,
]

/** Listens, from before the first script, for anything that would show a payload came alive. */
export async function watchForHits(page: Page): Promise<string[]> {
  const alive: string[] = []
  page.on('dialog', (dialog) => {
    alive.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.exposeFunction('reportHit', (what: string) => void alive.push(what))
  await page.addInitScript(() => {
    const report = (what: string) =>
      (window as unknown as { reportHit(what: string): void }).reportHit(what)
    Object.defineProperty(window, '__hit', { set: () => report('a script ran') })
    document.addEventListener('securitypolicyviolation', (event) =>
      report(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  return alive
}

/** Elements that payloads made, in the document and in every shadow root that is open. */
export const evilElements = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        if (
          element.matches(
            '[data-evil], iframe, object, embed, base, a[href^="javascript:" i], a[href^="data:" i]',
          )
        ) {
          found.push(element.outerHTML.slice(0, 200))
        }
        if (element.shadowRoot) look(element.shadowRoot)
      }
    }
    look(document)
    return found
  })

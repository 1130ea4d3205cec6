import { DEFAULT_STYLE } from '@beckon/protocol'
import { themeOf } from '@beckon/protocol/theme'

/** The portal's style sheet: one column, system fonts, light and dark by the visitor's choice. */
export const STYLE = `
:root {
  --paper: #f7f8fa; --card: #fff; --ink: #171b26; --soft: #4d5567; --line: #dfe3ea;
  --accent: #2645d8; --glow: #e6ebff; --edge: #868d9c; --wrong: #b21920;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #11141b; --card: #1a1f2a; --ink: #eef1f6; --soft: #aab3c5; --line: #2e3544;
    --accent: #9db0ff; --glow: #222b4d; --edge: #747c8e; --wrong: #f6908d;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  font: 17px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--ink); background: var(--paper);
}
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.skip { position: absolute; inset-inline-start: -999px; }
.skip:focus { inset-inline-start: 16px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 1; }
header { background: var(--card); border-bottom: 1px solid var(--line); }
.bar, main, footer p { width: 100%; max-width: 60rem; margin: 0 auto; padding: 0 24px; }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 64px; flex-wrap: wrap; }
.brand { font-weight: 650; font-size: 1.1rem; color: var(--ink); text-decoration: none; }
.brand span { font-weight: 400; color: var(--soft); }
header nav { display: flex; gap: 8px; }
header nav a { padding: 8px 12px; border-radius: 8px; text-decoration: none; color: var(--ink); }
header nav a:hover { background: var(--glow); }
main { flex: 1; padding-top: 40px; padding-bottom: 72px; }
h1 { font-size: clamp(1.8rem, 1.3rem + 2.2vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 12px; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 40px 0 12px; }
p { margin: 0 0 16px; }
.hero { padding: 24px 0 8px; }
.hero p, .lead { font-size: 1.15rem; color: var(--soft); max-width: 42rem; }
.cards { list-style: none; padding: 0; margin: 0; display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
.cards a {
  display: block; height: 100%; padding: 20px; border: 1px solid var(--line); border-radius: 14px;
  background: var(--card); color: inherit; text-decoration: none; transition: border-color 0.15s;
}
.cards a:hover { border-color: var(--accent); }
.cards strong { display: block; margin-bottom: 4px; color: var(--accent); }
.cards span { color: var(--soft); font-size: 0.95rem; }
.ask { margin-top: 40px; padding: 4px 24px 12px; border-radius: 14px; background: var(--glow); }
.ask h2 { margin-top: 16px; }
.crumbs { color: var(--soft); font-size: 0.95rem; margin-bottom: 24px; }
article { max-width: 42rem; }
aside { max-width: 42rem; margin-top: 56px; border-top: 1px solid var(--line); }
kbd { font: 0.85em ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; padding: 1px 6px; background: var(--card); }
article pre, .wide { margin: 0 0 16px; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
article pre { padding: 12px 16px; font: 0.9rem/1.5 ui-monospace, monospace; }
article code { font: 0.9em ui-monospace, monospace; background: var(--card); border: 1px solid var(--line); border-radius: 5px; padding: 1px 5px; }
article table { border-collapse: collapse; width: 100%; }
article :is(th, td) { padding: 8px 14px; text-align: start; border-bottom: 1px solid var(--line); }
article blockquote { margin: 0 0 16px; padding-inline-start: 16px; border-inline-start: 3px solid var(--line); color: var(--soft); }
.search label { display: block; font-weight: 600; margin-bottom: 6px; }
.search span { display: flex; gap: 8px; max-width: 36rem; margin-bottom: 16px; }
.search input { flex: 1; min-width: 0; }
input, textarea, select {
  font: inherit; color: inherit; background: var(--card); padding: 9px 12px;
  border: 1px solid var(--edge); border-radius: 10px;
}
button { font: inherit; font-weight: 600; padding: 9px 18px; border: 0; border-radius: 10px; background: var(--accent); color: var(--paper); cursor: pointer; }
:is(input, textarea, select, button):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.letter { display: grid; gap: 16px; max-width: 36rem; margin-bottom: 32px; }
.letter > div { display: grid; gap: 6px; }
.letter label { font-weight: 600; }
.letter :is(input, textarea, select) { width: 100%; }
.letter [aria-invalid] { border-color: var(--wrong); }
.letter button { justify-self: start; }
.letter .problem { margin: 0; color: var(--wrong); }
.letter .boxed { padding: 10px 14px; border-radius: 10px; border: 1px solid var(--wrong); background: var(--card); }
.unseen { position: absolute; inset-inline-start: -9999px; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
footer p { padding-top: 20px; padding-bottom: 20px; margin: 0 auto; }
`

/** A brand's own colour over it, dark enough or light enough to be read. */
export function lookOf(accent: string): string {
  const colours = (dark: boolean): string => {
    const theme = themeOf({ ...DEFAULT_STYLE, accent }, dark)
    return `:root { --accent: ${theme['accent-text']}; --glow: ${theme.soft}; }`
  }
  return `${colours(false)}\n@media (prefers-color-scheme: dark) { ${colours(true)} }\n`
}

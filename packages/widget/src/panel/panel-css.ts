export const panelCss = `
.panel {
  -webkit-text-size-adjust: 100%;
  bottom: calc(var(--bk-distance) + 68px);
  width: min(376px, 100vw - 24px);
  height: min(600px, 100dvh - var(--bk-distance) - 84px);
}
.panel-stage .card { bottom: calc(var(--bk-distance) + 68px); }
[aria-disabled] { cursor: default; opacity: .7; }
.note { margin: 2px 2px 0; font-weight: 600; }
.problem { margin: 8px 2px 0; font-size: 13px; line-height: 20px; color: var(--bk-red); }
@media (max-height: 479px) {
  .panel { bottom: 8px; height: calc(100dvh - 16px); margin-inline: 68px; }
}
.panel.phone { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; margin: 0; }
.bar, .send { background: var(--bk-accent); color: var(--bk-on-accent); }
.bar, .composer { flex: none; display: flex; align-items: center; gap: 10px; margin: 0; }
.bar { min-height: 64px; padding-block: 10px; padding-inline: 16px 10px; }
[dir=rtl] .who { text-align: right; }
.bar .avatar { width: 36px; height: 36px; font-size: 13px; }
.logo { max-width: 96px; height: 36px; object-fit: contain; border-radius: 4px; }
.bar .here { border-color: var(--bk-accent); }
.bar b { font-size: 15px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar-place { font-size: 13px; line-height: 18px; }
.bar-button { width: 36px; height: 36px; border-radius: 8px; }
.bar-button:hover { background: rgb(127 127 127/.28); }
.bar :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.phone .bar { padding: calc(12px + env(safe-area-inset-top)) 8px 12px; }
.phone .bar-button { width: 44px; height: 44px; }
.phone .bar .avatar { width: 38px; height: 38px; }
.phone .bar b { font-size: 16px; }
.hint, .day, .under { color: var(--bk-text-2); }
.box[aria-invalid] { border-color: var(--bk-red); }
.about { flex: none; padding: 6px; font-size: 12.5px; text-decoration: underline; color: var(--bk-text-2); }
.wide { width: 100%; flex: none; min-height: 44px; }
.log { flex: 1; min-height: 0; display: flex; flex-direction: column; overflow-y: auto; margin: 0; overscroll-behavior: contain; gap: 10px; padding: 14px 14px 16px; scrollbar-width: thin; }
.log:focus-visible { outline-offset: -2px; }
.day, .under { font-size: 12.5px; line-height: 18px; }
.day { align-self: center; max-width: 90%; text-align: center; }
.bubble { max-width: 84%; padding: 9px 13px; border-radius: calc(var(--bk-radius) * .9); font-size: 15px; line-height: 21px; border: 1px solid transparent; width: fit-content; overflow-wrap: anywhere; }
.says { display: block; white-space: pre-wrap; }
.agent { background: var(--bk-soft); border-end-start-radius: 4px; }
.own { align-self: flex-end; margin-inline-start: auto; text-align: end; }
.bubble.own { background: var(--bk-accent); color: var(--bk-on-accent); border-end-end-radius: 4px; text-align: start; }
.bubble.unsent { background: none; color: var(--bk-text); border-color: var(--bk-accent-text); }
.bubble a { color: inherit; text-underline-offset: 2px; }
.under { margin-top: -4px; font-variant-numeric: tabular-nums; }
.unsent + .under { margin-top: 4px; }
.under.problem { color: var(--bk-red); }
.dots { display: flex; gap: 4px; padding-block: 14px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: currentColor; opacity: .4; animation: bk-dot 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes bk-dot { 30% { opacity: 1; } 60% { opacity: .4; } }
.file .icon { flex: none; }
.file { display: inline-flex; align-items: center; gap: 8px; padding: 4px 0; color: inherit; font: inherit; text-align: start; text-decoration: underline; overflow-wrap: anywhere; }
.pick { width: 38px; height: 42px; border-radius: 8px; }
.brief { flex: 0 1 auto; }
.composer { border-top: 1px solid var(--bk-line); align-items: flex-end; gap: 6px; margin-top: auto; padding: 8px; }
.box.write { border-color: transparent; outline: 0; max-height: 140px; min-height: 42px; padding: 9px 8px 10px; }
.composer:focus-within { box-shadow: inset 0 2px 0 -1px var(--bk-accent-text); }
.write::placeholder { white-space: nowrap; overflow: hidden; }
.send { width: 38px; height: 38px; margin: 2px; border-radius: 50%; }
.phone .composer { gap: 4px; margin: 8px 12px calc(10px + env(safe-area-inset-bottom)); padding: 2px; border: 1px solid var(--bk-control); border-radius: 24px; }
.phone .composer:focus-within { border-color: var(--bk-accent-text); box-shadow: 0 0 0 3px var(--bk-soft); }
.phone .box { font-size: 16px; }
.phone .write { border-radius: 22px; padding-inline: 14px 0; }
.phone :is(.send, .pick) { width: 44px; height: 44px; margin: 0; }
.phone .log { padding-inline: 16px; border-bottom: 1px solid var(--bk-line); }
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; }
}
@media (forced-colors: active) {
  .bubble, .bar, .send { border: 1px solid; }
  .composer:focus-within { outline: 2px solid Highlight; outline-offset: -2px; }
}
`

export const panelCss = `
.panel {
  position: fixed;
  inset-inline-end: var(--bk-distance);
  bottom: calc(var(--bk-distance) + 68px);
  display: flex;
  flex-direction: column;
  width: min(376px, 100vw - 24px);
  height: min(600px, 100vh - var(--bk-distance) - 84px);
  height: min(600px, 100dvh - var(--bk-distance) - 84px);
  background: var(--bk-panel);
  border: 1px solid var(--bk-line);
  border-radius: var(--bk-radius);
  box-shadow: var(--bk-shadow);
  overflow: hidden;
  animation: bk-rise .22s cubic-bezier(.2,.8,.2,1);
}
.left .panel { inset-inline: var(--bk-distance) auto; }
.panel.phone { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
.bar {
  flex: none;
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: 64px;
  padding: 10px 10px 10px 16px;
  padding-inline: 16px 10px;
  background: var(--bk-accent);
  color: var(--bk-on-accent);
}
.bar .avatar { width: 36px; height: 36px; font-size: 13px; }
.bar .here { border-color: var(--bk-accent); }
.bar-name, .bar-place { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: start; }
.bar-name { font-size: 15px; font-weight: 600; }
.bar-place { font-size: 13px; line-height: 18px; }
.bar-button { flex: none; width: 36px; height: 36px; display: grid; place-items: center; border-radius: 8px; }
.bar-button:hover { background: rgb(127 127 127/.28); }
.bar :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.phone .bar { padding: calc(12px + env(safe-area-inset-top)) 8px 12px; }
.phone .bar-button { width: 44px; height: 44px; }
.phone .bar .avatar { width: 38px; height: 38px; }
.phone .bar-name { font-size: 16px; }
.dots-icon .icon { stroke-width: 3.4; }
.strip { flex: none; display: flex; align-items: center; gap: 8px; padding: 10px 14px; background: var(--bk-soft); }
.strip b { flex: 1 1 auto; font-weight: 600; }
.strip .button { flex: 0 1 auto; min-height: 36px; background: var(--bk-panel); }
.strip .button.main { background: var(--bk-accent); }
.form { flex: 1; display: flex; flex-direction: column; gap: 14px; padding: 18px 16px 16px; overflow-y: auto; margin: 0; }
.greeting { margin: 0; font-size: 18px; line-height: 24px; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
.field { display: block; }
.label { display: block; margin-bottom: 6px; font-size: 13.5px; font-weight: 500; }
.label i { font-style: normal; font-weight: 400; color: var(--bk-text-2); }
.field .problem { display: block; margin: 6px 0 0; }
.field .box[aria-invalid] { border-color: var(--bk-red); }
.box.tall { min-height: 88px; }
.gap { flex: 1; }
.wide { width: 100%; flex: none; min-height: 44px; }
.hint { color: var(--bk-text-2); }
.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; display: flex; flex-direction: column; gap: 10px; padding: 14px 14px 16px; scrollbar-width: thin; }
.log:focus-visible { outline-offset: -2px; }
.day { align-self: center; max-width: 90%; font-size: 12.5px; line-height: 18px; color: var(--bk-text-2); text-align: center; overflow-wrap: anywhere; }
.bubble { max-width: 84%; padding: 9px 13px; border-radius: calc(var(--bk-radius) * .9); font-size: 15px; line-height: 21px; border: 1px solid transparent; width: fit-content; }
.says { white-space: pre-wrap; overflow-wrap: anywhere; }
.bubble.agent { align-self: flex-start; background: var(--bk-soft); border-end-start-radius: 4px; }
.bubble.own { align-self: flex-end; margin-inline-start: auto; background: var(--bk-accent); color: var(--bk-on-accent); border-end-end-radius: 4px; }
.bubble.unsent { background: none; color: var(--bk-text); border-color: var(--bk-accent-text); }
.bubble a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
.speaker { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.under { margin-top: -4px; padding-inline: 0; font-size: 12.5px; line-height: 18px; color: var(--bk-text-2); font-variant-numeric: tabular-nums; }
.under.own { align-self: flex-end; text-align: end; }
.dots { display: flex; gap: 4px; padding-block: 14px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: currentColor; opacity: .4; animation: bk-dot 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes bk-dot { 30% { opacity: 1; } 60% { opacity: .4; } }
.log.brief { flex: 0 1 auto; }
.place-in-line { flex: 1 0 auto; display: grid; justify-items: center; align-content: center; gap: 4px; padding: 12px 32px 20px; text-align: center; }
.figure { display: grid; place-items: center; width: 64px; height: 64px; margin-bottom: 8px; border-radius: 50%; background: var(--bk-soft); color: var(--bk-accent-text); font-size: 26px; font-weight: 600; }
.title { font-size: 16px; line-height: 22px; font-weight: 600; }
.over { flex: none; display: grid; gap: 12px; padding: 14px 16px 16px; border-top: 1px solid var(--bk-line); text-align: center; }
.composer { flex: none; display: flex; align-items: flex-end; gap: 6px; margin: 0; padding: 8px; border-top: 1px solid var(--bk-line); }
.box.write { border-color: transparent; max-height: 140px; min-height: 42px; padding: 9px 8px 10px; }
.composer:focus-within { box-shadow: inset 0 2px 0 -1px var(--bk-accent-text); }
.box.write:focus-visible { box-shadow: none; border-color: transparent; }
.send { flex: none; width: 38px; height: 38px; margin: 2px; display: grid; place-items: center; border-radius: 50%; background: var(--bk-accent); color: var(--bk-on-accent); }
.send:hover { filter: brightness(1.08); }
.phone .composer { gap: 4px; margin: 8px 12px calc(10px + env(safe-area-inset-bottom)); padding: 2px; border: 1px solid var(--bk-control); border-radius: 24px; }
.phone .composer:focus-within { border-color: var(--bk-accent-text); box-shadow: 0 0 0 3px var(--bk-soft); }
.phone .box { font-size: 16px; }
.phone .box.write { border-radius: 22px; padding-inline: 14px; }
.phone .log { padding-inline: 16px; border-bottom: 1px solid var(--bk-line); }
@media (forced-colors: active) {
  .bubble, .bar, .figure, .send { border: 1px solid CanvasText; }
  .composer:focus-within { outline: 2px solid Highlight; outline-offset: -2px; }
}
`

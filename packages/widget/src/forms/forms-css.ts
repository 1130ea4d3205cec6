export const formsCss = `
.below { position: relative; flex: none; align-self: center; display: flex; align-items: center; gap: 6px; height: 36px; margin: -44px 0 8px; padding: 0 14px 0 10px; border-radius: 18px; font-size: 13px; font-weight: 600; color: var(--bk-accent-text); background: var(--bk-panel); box-shadow: 0 0 0 1px var(--bk-line), 0 2px 8px #0003; }
.below .icon { width: 16px; }
.phone .below { height: 44px; margin-top: -52px; border-radius: 22px; }
.form { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 14px; padding: 18px 16px 16px; overflow-y: auto; margin: 0; scrollbar-width: thin; }
.form > *, .over > * { flex: none; }
.greeting { margin: 0; font-size: 18px; line-height: 24px; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
.field, .label, .field .problem { display: block; }
.field { border: 0; margin: 0; padding: 0; min-width: 0; }
.label { padding: 0; margin-bottom: 6px; font-size: 13.5px; font-weight: 500; }
.field i { font-style: normal; font-weight: 400; color: var(--bk-text-2); }
.field .problem { margin: 6px 0 0; }
.tall { min-height: 88px; }
.form > .gap { flex: 1; }
.help { display: grid; gap: 6px; padding: 12px 14px; border-radius: calc(var(--bk-radius) * .55); background: var(--bk-soft); }
.help a { padding: 4px 0; color: var(--bk-accent-text); overflow-wrap: anywhere; }
.phone .help a { padding: 10px 0; }
.ticked { display: grid; grid-template-columns: auto 1fr; gap: 0 10px; align-items: center; min-height: 44px; cursor: pointer; }
.ticked .problem { grid-column: 1 / -1; }
.tick { width: 20px; height: 20px; margin: 0; accent-color: var(--bk-accent); }
.tick[aria-invalid] { outline: 2px solid var(--bk-red); outline-offset: 2px; }
select.box { appearance: auto; height: 44px; padding-block: 0; }
.topics { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.topic { display: flex; align-items: center; min-height: 44px; padding: 7px 12px; border: 1px solid var(--bk-line); border-radius: calc(var(--bk-radius) * .55); font-weight: 500; cursor: pointer; overflow-wrap: anywhere; }
.topic:hover { background: var(--bk-soft); }
[aria-invalid] .topic { border-color: var(--bk-red); }
.topic input { position: absolute; opacity: 0; }
.topic:focus-within { outline: 2px solid var(--bk-accent-text); outline-offset: 2px; }
.is { background: var(--bk-soft); border-color: var(--bk-accent-text); box-shadow: inset 0 0 0 1px var(--bk-accent-text); }
.over { flex: none; max-height: 78%; min-height: 0; display: grid; gap: 14px; margin: 0; padding: 14px 16px 16px; overflow-y: auto; border-top: 1px solid var(--bk-line); scrollbar-width: thin; }
.over > p { text-align: center; }
.survey, .keeping, .mail { display: grid; gap: 12px; margin: 0; }
.keeping { padding-top: 14px; border-top: 1px solid var(--bk-line); }
.asked { display: flex; gap: 12px; align-items: center; }
.asked .title { display: block; }
.asked .avatar .here { display: none; }
.faces { display: grid; grid-template-columns: repeat(5, 1fr); gap: 6px; }
.face { align-content: center; gap: 4px; min-height: 60px; border: 1px solid var(--bk-line); border-radius: calc(var(--bk-radius) * .55); font-size: 12px; line-height: 14px; overflow-wrap: anywhere; }
.face .icon { width: 22px; }
.face:hover { background: var(--bk-soft); }
.pair { display: flex; gap: 8px; }
.link { min-height: 40px; padding: 0 10px; justify-self: center; align-self: center; font-weight: 600; color: var(--bk-accent-text); border-radius: 6px; }
.link:hover { text-decoration: underline; }
.phone .over { padding-bottom: calc(16px + env(safe-area-inset-bottom)); }
.phone .form { padding-bottom: calc(16px + env(safe-area-inset-bottom)); }
.phone .link { min-height: 44px; }
.strip { flex: none; display: flex; flex-wrap: wrap; align-items: center; margin: 0; gap: 8px; padding: 10px 14px; background: var(--bk-soft); }
.strip b { flex: 1 1 112px; font-weight: 600; }
.strip .pair { margin-inline-start: auto; }
.strip .button { flex: none; min-height: 36px; }
.strip .button:not(.main) { background: var(--bk-panel); }
.switch { flex: 1; display: flex; gap: 10px; align-items: center; min-height: 36px; text-align: start; border-radius: 6px; }
.switch i { flex: none; width: 34px; height: 20px; border: 5px solid var(--bk-control); border-inline-end-width: 19px; border-radius: 10px; background: var(--bk-panel); transition: border-width .08s; }
.switch[aria-checked=true] i { border-color: var(--bk-accent); border-inline-width: 19px 5px; }
.instead { padding: 0 14px 12px; }
.place-in-line { flex: 1 0 auto; display: grid; justify-items: center; align-content: center; gap: 4px; padding: 12px 32px 20px; text-align: center; }
.figure { display: grid; place-items: center; width: 64px; height: 64px; margin-bottom: 8px; border-radius: 50%; background: var(--bk-soft); color: var(--bk-accent-text); font-size: 26px; font-weight: 600; }
.title { font-size: 16px; line-height: 22px; font-weight: 600; }
.phone :is(.switch, .strip .button) { min-height: 44px; }
.emoji { display: grid; grid-template-columns: repeat(auto-fill, minmax(40px, 1fr)); max-height: 180px; overflow-y: auto; padding: 8px; border-top: 1px solid var(--bk-line); scrollbar-width: thin; }
.emoji button { height: 40px; border-radius: 8px; font-size: 22px; line-height: 1; }
.phone .emoji button { height: 44px; }
.emoji button:hover { background: var(--bk-soft); }
.emoji button:focus-visible { outline-offset: -2px; }
@media (forced-colors: active) {
  .figure { border: 1px solid; }
  .is { outline: 2px solid Highlight; }
}
`

/**
 * The host element against the page: for `!important` the inner tree wins, so no rule of the page
 * reaches past these (measured, with `*{all:unset!important}` and worse). Everything visible is
 * `position: fixed` inside, so the host has no size; as a popover the host sits in the top layer, where a transformed page
 * cannot move it.
 */
export const baseCss = `
:host { all: initial !important; position: fixed !important; z-index: 2147483647 !important; }
.layer {
  font: 14px/20px system-ui, sans-serif;
  color: var(--bk-text);
  color-scheme: var(--bk-scheme);
}
* { box-sizing: border-box; }
p, b { margin: 0; overflow-wrap: anywhere; }
b { font-weight: 600; }
button, .box, .launcher { font: inherit; color: inherit; margin: 0; border: 1px solid transparent; }
button, .avatar, .launcher { display: grid; place-items: center; padding: 0; flex: none; }
button { cursor: pointer; background: none; }
.card[inert] { opacity: .7; }
:focus-visible { outline: 2px solid var(--bk-accent-text); outline-offset: 2px; }
.icon { width: 18px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.said { position: fixed; clip-path: inset(50%); }
.button, .box { border-radius: calc(var(--bk-radius) * .55); }
.button { border-color: var(--bk-line); flex: 1; min-height: 40px; padding: 7px 12px; font-weight: 600; }
.button:hover, .x:hover { background: var(--bk-soft); }
.button.main, .launcher { background: var(--bk-accent); border-color: transparent; color: var(--bk-on-accent); }
.main:hover, .launcher:hover { opacity: .9; }
.box {
  display: block;
  width: 100%;
  resize: none;
  overflow: auto;
  min-height: 44px;
  padding: 10px 12px 11px;
  border-color: var(--bk-control);
  background: var(--bk-panel);
  font-size: 15px;
  line-height: 21px;
}
.box::placeholder { color: var(--bk-text-2); opacity: 1; }
.box:focus-visible { outline-offset: -1px; }
.avatar {
  position: relative;
  width: 40px;
  height: 40px;
  border-radius: 50%;
  font-weight: 600;
  background: hsl(var(--bk-tint) 66% 90%);
  color: hsl(var(--bk-tint) 62% 25%);
}
.here {
  position: absolute;
  inset-inline-end: -2px;
  bottom: -2px;
  width: 14px;
  height: 14px;
  border-radius: 50%;
  border: 2px solid var(--bk-panel);
  background: #1f9a4c;
}
`

export const cardCss = `
.card, .panel {
  position: fixed;
  inset-inline: var(--bk-side);
  bottom: var(--bk-distance);
  display: flex;
  flex-direction: column;
  background: var(--bk-panel);
  border: 1px solid var(--bk-line);
  border-radius: var(--bk-radius);
  box-shadow: var(--bk-shadow);
  overflow: hidden;
}
.card {
  width: 370px;
  max-height: calc(100dvh - 2 * var(--bk-distance));
  padding: 14px;
  gap: 10px;
}
.moved { inset-inline: var(--bk-other-side); }
.unplaced { visibility: hidden; }
@media (prefers-reduced-motion: no-preference) {
  .isNew, .panel { transition: opacity .22s, translate .22s; }
  @starting-style { .isNew, .panel { opacity: 0; translate: 0 8px; } }
}
.head, .buttons { display: flex; gap: 10px; }
.who { flex: 1; min-width: 0; }
.who > * { display: block; }
.name, .text { font-size: 15px; }
.place { font-size: 13px; line-height: 18px; color: var(--bk-text-2); }
.x { width: 32px; height: 32px; align-self: start; border-radius: 8px; color: var(--bk-text-2); }
.text {
  line-height: 22px;
  white-space: pre-wrap;
  overflow: auto;
}
.card .box { flex: none; max-height: 128px; }
.card.phone {
  inset-inline: 8px;
  bottom: calc(8px + env(safe-area-inset-bottom));
  width: auto;
  max-height: 40dvh;
  padding: 12px;
}
.phone .head { min-height: 0; }
.phone .who { display: flex; flex-direction: column; }
.phone .x { width: 44px; height: 44px; margin-top: -8px; margin-inline-end: -8px; }
.phone .button { min-height: 44px; }
.phone .box { font-size: 16px; max-height: 76px; }
`

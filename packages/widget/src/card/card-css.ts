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
  width: min(370px, 100vw - 24px);
  min-width: 280px;
  max-height: calc(100dvh - 2 * var(--bk-distance));
  padding: 14px;
}
.moved { inset-inline: var(--bk-other-side); }
.unplaced { visibility: hidden; }
.isNew, .panel { animation: bk-rise .22s cubic-bezier(.2,.8,.2,1); }
@keyframes bk-rise { from { opacity: 0; transform: translateY(8px); } }
.head { display: flex; gap: 11px; align-items: center; }
.card .avatar { margin-inline-start: 2px; }
.who { flex: 1; min-width: 0; }
.name, .place { display: block; }
.name { font-weight: 600; }
.name, .text { font-size: 15px; }
.place { font-size: 13px; line-height: 18px; color: var(--bk-text-2); }
.x { width: 32px; height: 32px; align-self: start; border-radius: 8px; color: var(--bk-text-2); }
.text {
  min-height: 44px;
  margin: 11px 2px 0;
  line-height: 22.5px;
  white-space: pre-wrap;
  overflow: auto;
  scrollbar-width: thin;
}
.card .box { flex: none; margin-top: 13px; max-height: 128px; }
.buttons { display: flex; gap: 8px; margin-top: 10px; }
.card.phone {
  inset-inline: 8px;
  bottom: calc(8px + env(safe-area-inset-bottom));
  width: auto;
  max-height: 40dvh;
  padding: 12px;
}
.phone .head { align-items: flex-start; min-height: 0; }
.phone .who { display: flex; flex-direction: column; align-self: stretch; }
.phone .name { font-size: 14px; }
.phone .avatar { width: 32px; height: 32px; font-size: 12px; }
.phone .text { margin: 0; min-height: 20px; font-size: 14px; line-height: 20px; }
.phone .x { width: 44px; height: 44px; margin-top: -8px; margin-inline-end: -8px; }
.phone .button { min-height: 44px; }
.phone .box { font-size: 16px; margin-top: 10px; max-height: 76px; }
`

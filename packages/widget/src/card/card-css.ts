export const cardCss = `
.card {
  position: fixed;
  inset-inline-end: var(--bk-distance);
  bottom: var(--bk-distance);
  display: flex;
  flex-direction: column;
  width: min(370px, 100vw - 24px);
  min-width: 280px;
  max-height: calc(100dvh - 2 * var(--bk-distance));
  padding: 14px;
  background: var(--bk-panel);
  border: 1px solid var(--bk-line);
  border-radius: var(--bk-radius);
  box-shadow: var(--bk-shadow);
  overflow: hidden;
}
.left .card, .card.moved { inset-inline: var(--bk-distance) auto; }
.left .card.moved { inset-inline: auto var(--bk-distance); }
.card.unplaced { visibility: hidden; }
.card.new { animation: bk-rise .22s cubic-bezier(.2,.8,.2,1); }
@keyframes bk-rise { from { opacity: 0; transform: translateY(8px); } }
.head { display: flex; align-items: center; gap: 11px; }
.card .avatar { margin-inline-start: 2px; }
.who { flex: 1; min-width: 0; }
.name, .place { display: block; overflow-wrap: anywhere; }
.name { font-size: 15px; font-weight: 600; }
.place { font-size: 13px; line-height: 18px; color: var(--bk-text-2); }
.x { flex: none; width: 32px; height: 32px; align-self: flex-start; display: grid; place-items: center; border-radius: 8px; color: var(--bk-text-2); }
.x:hover { background: var(--bk-soft); color: var(--bk-text); }
.text {
  flex: 0 1 auto;
  min-height: 44px;
  margin: 11px 2px 0;
  font-size: 15px;
  line-height: 22.5px;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  overflow-y: auto;
  scrollbar-width: thin;
}
.card .box { flex: none; margin-top: 13px; max-height: 128px; }
.buttons { flex: none; display: flex; gap: 8px; margin-top: 10px; }
.card .note { flex: none; margin: 12px 2px 0; font-weight: 600; }
.problem { flex: none; margin: 8px 2px 0; font-size: 13px; color: var(--bk-red); }
.closing {
  flex: none;
  display: flex;
  justify-content: space-between;
  gap: 12px;
  margin: 14px -14px -14px;
  padding: 4px 16px;
  border-top: 1px solid var(--bk-line);
  font-size: 13px;
  line-height: 36px;
  color: var(--bk-text-2);
}
.keep { font-weight: 600; color: var(--bk-text); border-radius: 6px; padding: 0 4px; margin-inline-end: -4px; }
.keep:hover { text-decoration: underline; }
.card.phone {
  inset-inline: 8px;
  bottom: calc(8px + env(safe-area-inset-bottom));
  width: auto;
  max-height: 40vh;
  max-height: 40dvh;
  padding: 12px;
}
.phone .head { align-items: flex-start; min-height: 0; flex: 0 1 auto; }
.phone .who { display: flex; flex-direction: column; min-height: 0; align-self: stretch; }
.phone .name { font-size: 14px; }
.phone .avatar { width: 32px; height: 32px; font-size: 12px; }
.phone .text { margin: 0; min-height: 20px; font-size: 14px; line-height: 20px; }
.phone .x { width: 44px; height: 44px; margin: -8px -8px 0 0; margin-inline: 0 -8px; }
.phone .button { min-height: 44px; }
.phone .box { font-size: 16px; margin-top: 10px; max-height: 76px; }
.phone .closing { margin: 12px -12px -12px; line-height: 44px; padding-block: 0; }
`

export const privacyCss = `
.privacy {
  position: fixed;
  inset: 0;
  display: grid;
  place-items: center;
  padding: 16px;
  background: rgb(0 0 0 / 45%);
}
.sheet {
  box-sizing: border-box;
  width: min(440px, 100%);
  max-height: 100%;
  overflow: auto;
  padding: 20px;
  border-radius: 12px;
  background: var(--bk-panel, #fff);
  color: var(--bk-text, #1b1f24);
  box-shadow: 0 12px 40px rgb(0 0 0 / 30%);
}
.sheet h2 { margin: 0 0 8px; font-size: 17px; font-weight: 600; }
.sheet p { margin: 0 0 12px; }
.sheet dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 14px; margin: 0 0 16px; }
.sheet dt { opacity: .72; }
.sheet dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.ends { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; }
`

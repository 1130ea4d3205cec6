export const launcherCss = `
.launcher {
  position: fixed;
  inset-inline: var(--bk-side);
  bottom: calc(var(--bk-distance) + env(safe-area-inset-bottom));
  width: 56px;
  height: 56px;
  border-radius: 50%;
  box-shadow: var(--bk-shadow);
}
.launcher .icon { width: 26px; }
.away { background: var(--bk-panel); color: var(--bk-accent-text); border-color: var(--bk-control); }
.badge {
  position: absolute;
  inset-inline-end: -4px;
  top: -4px;
  padding: 0 6px;
  border-radius: 11px;
  border: 2px solid #fff;
  background: #b21920;
  color: #fff;
  font-size: 12px;
  font-weight: 600;
  line-height: 18px;
}
`

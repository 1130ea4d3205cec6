export const launcherCss = `
.launcher {
  position: fixed;
  inset-inline-end: var(--bk-distance);
  bottom: calc(var(--bk-distance) + env(safe-area-inset-bottom));
  display: grid;
  place-items: center;
  width: 56px;
  height: 56px;
  border-radius: 50%;
  background: var(--bk-accent);
  color: var(--bk-on-accent);
  box-shadow: var(--bk-shadow);
  transition: filter .08s;
}
.left .launcher { inset-inline: var(--bk-distance) auto; }
.launcher:hover { filter: brightness(1.08); }
.launcher .icon { width: 26px; height: 26px; }
.launcher.away { background: var(--bk-panel); color: var(--bk-accent-text); border-color: var(--bk-control); }
.badge {
  position: absolute;
  inset-inline-end: -4px;
  top: -4px;
  min-width: 22px;
  height: 22px;
  padding: 0 5px;
  border-radius: 11px;
  border: 2px solid #fff;
  background: #b21920;
  color: #fff;
  font-size: 12px;
  font-weight: 600;
  line-height: 18px;
  text-align: center;
}
`

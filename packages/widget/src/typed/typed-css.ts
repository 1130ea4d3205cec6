export const typedCss = `
.typed { flex: none; margin: 0; padding: 6px 16px; border-top: 1px solid var(--bk-line); font-size: 12.5px; line-height: 18px; color: var(--bk-text-2); overflow-wrap: anywhere; }
.typed + .composer { border-top: 0; padding-top: 3px; }
.phone .typed { border: 0; padding-block: 8px 0; }
`

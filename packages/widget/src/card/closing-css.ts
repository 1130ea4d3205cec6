export const closingCss = `
.closing {
  display: flex;
  justify-content: space-between;
  gap: 12px;
  margin: 4px -14px -14px;
  padding: 4px 16px;
  border-top: 1px solid var(--bk-line);
  font-size: 13px;
  line-height: 36px;
  color: var(--bk-text-2);
}
.keep {
  color: var(--bk-text);
  border-radius: 6px;
  padding: 0 4px;
  margin-inline-end: -4px;
  font-weight: 600;
}
.keep:hover { text-decoration: underline; }
.phone .closing { margin: 2px -12px -12px; line-height: 44px; padding-block: 0; }
`

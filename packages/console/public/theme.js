// Before the first paint: what this agent chose, else what the system prefers. See src/theme.ts.
;(() => {
  let choice = null
  try {
    choice = localStorage.getItem('beckon.theme')
  } catch {
    // Storage may be switched off; the system's preference stands.
  }
  const dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
})()

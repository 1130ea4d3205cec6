import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSignedOut } from './api.ts'
import { Toasts } from './parts/toasts.tsx'
import { TooltipProvider } from './parts/tooltip.tsx'
import { meQuery, queryClient } from './queries.ts'
import { router } from './router.tsx'
import { followSystemTheme } from './theme.ts'

followSystemTheme()

onSignedOut((to) => {
  // Before the first answer nobody was signed in; the router leads on by itself.
  if (queryClient.getQueryData(meQuery.queryKey) === undefined) return
  queryClient.clear()
  if (to === '/second-step') return void router.navigate({ to })
  void router.navigate({ to, search: { to: router.state.location.href } })
})

const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <RouterProvider router={router} />
          <Toasts />
        </TooltipProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { Failure } from './frame/failure.tsx'
import { Frame } from './frame/frame.tsx'
import { Nowhere } from './frame/nowhere.tsx'
import { maySet, placesFor, settingsHomeFor } from './frame/places.ts'
import { meQuery, preferencesQuery, queryClient, setupQuery } from './queries.ts'
import { STEPS, type Step } from './setup/steps.ts'

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: Nowhere,
  errorComponent: Failure,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' && search.to.startsWith('/') ? { to: search.to } : {},
  component: lazyRouteComponent(() => import('./sign-in/sign-in-screen.tsx'), 'SignInScreen'),
})
const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyRouteComponent(
    () => import('./sign-in/new-password-screen.tsx'),
    'NewPasswordScreen',
  ),
})
const secondStep = createRoute({
  getParentRoute: () => root,
  path: '/second-step',
  component: lazyRouteComponent(
    () => import('./own-sign-in/second-step-screen.tsx'),
    'SecondStepScreen',
  ),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { step?: Step } => {
    const step = STEPS.find((one) => one === search.step)
    return step ? { step } : {}
  },
  component: lazyRouteComponent(() => import('./setup/setup-screen.tsx'), 'SetupScreen'),
})

/** Everything behind the sign-in. Who is not signed in goes to sign in, or to set up a new installation. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ location }) => {
    const known = queryClient.getQueryData(meQuery.queryKey)
    if (known?.mustAddStep) throw redirect({ to: '/second-step' })
    if (known) return { me: known }
    // Asked first, since asking /me in vain is an error in the browser's own log.
    const { needed, signedIn } = await queryClient.fetchQuery({ ...setupQuery, staleTime: 0 })
    if (needed) throw redirect({ to: '/setup', hash: location.hash })
    if (!signedIn) throw redirect({ to: '/sign-in', search: { to: location.href } })
    // Asked for along with it: the list and the keys wait for neither.
    const [me, preferences] = await Promise.allSettled([
      queryClient.ensureQueryData(meQuery),
      queryClient.ensureQueryData(preferencesQuery),
    ])
    if (me.status === 'rejected') throw me.reason
    if (me.value.mustAddStep) throw redirect({ to: '/second-step' })
    if (preferences.status === 'rejected') throw preferences.reason
    return { me: me.value }
  },
  component: Frame,
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: placesFor(context.me.agent.roles)[0]?.to ?? '/help' })
  },
})
const whosOn = createRoute({
  getParentRoute: () => frame,
  path: '/whos-on',
  // Filter, sort, columns and the selected visitor live in the address; the screen reads them itself.
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./whos-on/whos-on-screen.tsx'), 'WhosOnScreen'),
})
const chats = createRoute({
  getParentRoute: () => frame,
  path: '/chats',
  component: lazyRouteComponent(() => import('./chats/chats-screen.tsx'), 'ChatsScreen'),
})
const chat = createRoute({ getParentRoute: () => chats, path: '$chatId' })
const board = createRoute({
  getParentRoute: () => frame,
  path: '/board',
  component: lazyRouteComponent(() => import('./board/board-screen.tsx'), 'BoardScreen'),
})
const offline = createRoute({
  getParentRoute: () => frame,
  path: '/chats/offline',
  component: lazyRouteComponent(() => import('./offline/offline-screen.tsx'), 'OfflineScreen'),
})
const offlineMessage = createRoute({ getParentRoute: () => offline, path: '$messageId' })
const reports = createRoute({
  getParentRoute: () => frame,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports/reports-screen.tsx'), 'ReportsScreen'),
})
const help = createRoute({
  getParentRoute: () => frame,
  path: '/help',
  component: lazyRouteComponent(() => import('./help/help-screen.tsx'), 'HelpScreen'),
})
const ownSignIn = createRoute({
  getParentRoute: () => frame,
  path: '/your-sign-in',
  component: lazyRouteComponent(
    () => import('./own-sign-in/own-sign-in-screen.tsx'),
    'OwnSignInScreen',
  ),
})

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  beforeLoad: ({ context, location }) => {
    const { roles } = context.me.agent
    const home = settingsHomeFor(roles)
    if (!home) throw redirect({ to: '/' })
    if (!maySet(location.pathname, roles)) throw redirect({ to: home })
  },
  component: lazyRouteComponent(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: settingsHomeFor(context.me.agent.roles) ?? '/' })
  },
})
const sites = createRoute({
  getParentRoute: () => settings,
  path: '/sites',
  component: lazyRouteComponent(() => import('./settings/sites-page.tsx'), 'SitesPage'),
})
const site = createRoute({
  getParentRoute: () => settings,
  path: '/sites/$siteId',
  component: lazyRouteComponent(() => import('./settings/site-page.tsx'), 'SitePage'),
})
const links = createRoute({
  getParentRoute: () => settings,
  path: '/links',
  component: lazyRouteComponent(() => import('./settings/links-page.tsx'), 'LinksPage'),
})
const link = createRoute({
  getParentRoute: () => settings,
  path: '/links/$linkId',
  component: lazyRouteComponent(() => import('./settings/link-page.tsx'), 'LinkPage'),
})
const bans = createRoute({
  getParentRoute: () => settings,
  path: '/bans',
  component: lazyRouteComponent(() => import('./settings/bans-page.tsx'), 'BansPage'),
})
const savedMessages = createRoute({
  getParentRoute: () => settings,
  path: '/messages',
  component: lazyRouteComponent(
    () => import('./saved-messages/saved-messages-page.tsx'),
    'SavedMessagesPage',
  ),
})
const cannedReplies = createRoute({
  getParentRoute: () => settings,
  path: '/replies',
  component: lazyRouteComponent(
    () => import('./canned-replies/canned-replies-page.tsx'),
    'CannedRepliesPage',
  ),
})
const articles = createRoute({
  getParentRoute: () => settings,
  path: '/articles',
  component: lazyRouteComponent(() => import('./articles/articles-page.tsx'), 'ArticlesPage'),
})
const mail = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  component: lazyRouteComponent(() => import('./mail/mail-page.tsx'), 'MailPage'),
})
const departments = createRoute({
  getParentRoute: () => settings,
  path: '/departments',
  component: lazyRouteComponent(() => import('./settings/departments-page.tsx'), 'DepartmentsPage'),
})
const hours = createRoute({
  getParentRoute: () => settings,
  path: '/hours',
  component: lazyRouteComponent(() => import('./settings/hours/hours-page.tsx'), 'HoursPage'),
})
const departmentHours = createRoute({
  getParentRoute: () => settings,
  path: '/hours/$departmentId',
  component: lazyRouteComponent(
    () => import('./settings/hours/hours-form.tsx'),
    'DepartmentHoursPage',
  ),
})
const forms = createRoute({
  getParentRoute: () => settings,
  path: '/forms',
  component: lazyRouteComponent(() => import('./settings/forms/forms-page.tsx'), 'FormsPage'),
})
const departmentForm = createRoute({
  getParentRoute: () => settings,
  path: '/forms/$departmentId',
  component: lazyRouteComponent(
    () => import('./settings/forms/department-form.tsx'),
    'DepartmentFormPage',
  ),
})
const groups = createRoute({
  getParentRoute: () => settings,
  path: '/groups',
  component: lazyRouteComponent(() => import('./settings/groups-page.tsx'), 'GroupsPage'),
})
const brands = createRoute({
  getParentRoute: () => settings,
  path: '/brands',
  component: lazyRouteComponent(() => import('./settings/brands-page.tsx'), 'BrandsPage'),
})
const agents = createRoute({
  getParentRoute: () => settings,
  path: '/agents',
  component: lazyRouteComponent(() => import('./settings/agents-page.tsx'), 'AgentsPage'),
})

const stories = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/stories',
        component: lazyRouteComponent(
          () => import('./stories/stories-screen.tsx'),
          'StoriesScreen',
        ),
      }),
    ]
  : []

const tree = root.addChildren([
  signIn,
  newPassword,
  secondStep,
  setup,
  frame.addChildren([
    home,
    whosOn,
    chats.addChildren([chat]),
    board,
    offline.addChildren([offlineMessage]),
    reports,
    help,
    ownSignIn,
    settings.addChildren([
      settingsHome,
      brands,
      sites,
      site,
      links,
      link,
      bans,
      savedMessages,
      cannedReplies,
      mail,
      articles,
      departments,
      hours,
      departmentHours,
      forms,
      departmentForm,
      groups,
      agents,
    ]),
  ]),
  ...stories,
])

export const router = createRouter({
  routeTree: tree,
  basepath: '/console',
  defaultPendingMs: 150,
  defaultErrorComponent: Failure,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

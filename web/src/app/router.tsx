/** Every address of the app; a page's code comes when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { ErrorBox } from '@/components/ErrorBox';
import { searchOf as auditSearchOf, type AuditSearch } from '@/features/audit/filters';
import { parseSearch } from '@/features/inbox/search';
import { Waiting } from '@/components/Waiting';
import { readSearch, type AgendaSearch, type AgendaSearchInput } from '@/features/agenda/search';
import { filtersOf, searchOf, type Filters, type LeadSearch } from '@/features/leads/filters';
import { whenOwing, whenSignedOut } from '@/lib/api/client';
import { asProblem, isUnfetchedPart } from '@/lib/api/problem';
import { adoptLanguage } from '@/lib/i18n';
import { createQueryClient } from '@/lib/query/client';
import { mayBeSignedIn, meQuery, type Me } from '@/lib/session/session';
import { NotFound } from './NotFound';
import { Shell } from './shell/Shell';
import { useWindowTitle } from './title';

export const cache = createQueryClient();

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { next?: string } => ownPath(search['next']),
  component: lazyRouteComponent(() => import('@/features/auth/LoginPage'), 'LoginPage'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('@/features/auth/RegisterPage'), 'RegisterPage'),
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('@/features/auth/ForgotPage'), 'ForgotPage'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('@/features/auth/ResetPage'), 'ResetPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('@/features/auth/InvitationPage'), 'InvitationPage'),
});
const pending = createRoute({
  getParentRoute: () => root,
  path: '/pending',
  validateSearch: (search): { asked?: true } => (search['asked'] === true ? { asked: true } : {}),
  component: lazyRouteComponent(() => import('@/features/auth/PendingPage'), 'PendingPage'),
});
const protect = createRoute({
  getParentRoute: () => root,
  path: '/protect',
  validateSearch: (search): { next?: string } => ownPath(search['next']),
  beforeLoad: async ({ search }) => {
    const me = await whoIsThere(search.next ?? '/');
    if (!me.owes_totp) throw redirect({ href: search.next ?? '/' });
  },
  component: lazyRouteComponent(() => import('@/features/auth/totp/ProtectPage'), 'ProtectPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await whoIsThere(location.href);
    if (me.owes_totp) throw redirect({ to: '/protect', search: nextAfter(location.href) });
  },
});
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' });
  },
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'InboxPage'),
});
const noThread = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/inbox/thread/ThreadPane'), 'NoThread'),
});
const thread = createRoute({
  getParentRoute: () => inbox,
  path: '$conversationId',
  params: numbered('conversationId'),
  component: lazyRouteComponent(() => import('@/features/inbox/thread/ThreadPane'), 'ThreadPane'),
});
const leads = createRoute({
  getParentRoute: () => shell,
  path: '/leads',
  validateSearch: (search: LeadSearch & SearchSchemaInput): LeadSearch => searchOf(search),
  component: lazyRouteComponent(() => import('@/features/leads/LeadsPage'), 'LeadsPage'),
});
const lead = createRoute({
  getParentRoute: () => shell,
  path: '/leads/$leadId',
  params: numbered('leadId'),
  validateSearch: (search: Filters & SearchSchemaInput): Filters => filtersOf(search),
  component: lazyRouteComponent(() => import('@/features/leads/record/LeadPage'), 'LeadPage'),
});
const pipeline = createRoute({
  getParentRoute: () => shell,
  path: '/pipeline',
  validateSearch: (search: Filters & SearchSchemaInput): Filters => filtersOf(search),
  component: lazyRouteComponent(() => import('@/features/leads/board/BoardPage'), 'BoardPage'),
});
const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/calendar',
  validateSearch: (search: AgendaSearchInput & SearchSchemaInput): AgendaSearch => readSearch(search),
  component: lazyRouteComponent(() => import('@/features/agenda/AgendaPage'), 'AgendaPage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/team/PeoplePage'), 'PeoplePage'),
});
const integrations = createRoute({
  getParentRoute: () => shell,
  path: '/integrations',
  component: lazyRouteComponent(() => import('@/features/integrations/IntegrationsPage'), 'IntegrationsPage'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: (search: AuditSearch & SearchSchemaInput): AuditSearch => auditSearchOf(search),
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});
const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  component: lazyRouteComponent(() => import('@/features/auth/SessionsPage'), 'SessionsPage'),
});
const simulator = createRoute({
  getParentRoute: () => shell,
  path: '/simulator',
  component: lazyRouteComponent(() => import('@/features/simulator/SimulatorPage'), 'SimulatorPage'),
});

const pages = shell.addChildren([
  home,
  inbox.addChildren([noThread, thread]),
  leads,
  lead,
  pipeline,
  calendar,
  people,
  integrations,
  audit,
  settings,
  sessions,
  simulator,
]);

export const router = createRouter({
  routeTree: root.addChildren([login, register, forgot, reset, invitation, pending, protect, pages]),
  search: { strict: true }, // a page sees of its address only what it has checked
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ({ error, reset }) => <ErrorBox error={error} retry={isUnfetchedPart(error) ? again : reset} />,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A part that failed once is never asked for again in this document. */
function again(): void {
  if (navigator.onLine) location.reload();
}

function Root() {
  useWindowTitle();
  return <Outlet />;
}

/** The session is over: forget everything that was read, and come back here after the login. */
export function signedOut(): void {
  const { pathname, href } = router.state.location;
  if (['/login', '/register', '/forgot', '/reset', '/invitation', '/pending'].includes(pathname)) return;
  cache.clear();
  void router.navigate({ to: '/login', search: { next: href }, replace: true });
}
whenSignedOut(signedOut);

/** The company wants a second factor since this window was opened: set it up, and come back here. */
export function owing(): void {
  const { pathname, href } = router.state.location;
  if (pathname === '/protect') return;
  cache.clear();
  void router.navigate({ to: '/protect', search: nextAfter(href), replace: true });
}
whenOwing(owing);

/** Whoever is logged in; else to the login, and from there to `next`. */
async function whoIsThere(next: string): Promise<Me> {
  const toLogin = () => redirect({ to: '/login', search: nextAfter(next) });
  if (!mayBeSignedIn()) throw toLogin();
  try {
    const me = await cache.query({ ...meQuery, staleTime: 'static' });
    await adoptLanguage(me.tenant.language);
    return me;
  } catch (error) {
    if (asProblem(error).status !== 401) throw error;
    throw toLogin();
  }
}

function nextAfter(href: string): { next?: string } {
  return href === '/' ? {} : { next: href };
}

/** Where to go after the login: a path of ours, never another site. */
function ownPath(next: unknown): { next?: string } {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
}

function numbered<Name extends string>(name: Name) {
  return {
    parse: (raw: Record<Name, string>) => ({ [name]: Number.parseInt(raw[name], 10) }) as Record<Name, number>,
    stringify: (params: Record<Name, number>) => ({ [name]: String(params[name]) }) as Record<Name, string>,
  };
}

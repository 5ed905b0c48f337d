/** The pages outside the shell: those of somebody who is not signed in yet, or owes a second factor. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withWords } from '@/lib/i18n';
import { root, whoIsThere } from './root';

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
  component: lazyRouteComponent(() => withWords(import('@/features/auth/totp/ProtectPage')), 'ProtectPage'),
});

export const doors = [login, register, forgot, reset, invitation, pending, protect] as const;

/** Where to go after the login: a path of ours, never another site. */
function ownPath(next: unknown): { next?: string } {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
}

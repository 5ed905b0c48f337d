/** The root of every address, and who is there. */
import { createRootRoute, Outlet, redirect } from '@tanstack/react-router';
import { asProblem } from '@/lib/api/problem';
import { adoptLanguage } from '@/lib/i18n';
import { createQueryClient } from '@/lib/query/client';
import { mayBeSignedIn, meQuery, type Me } from '@/lib/session/session';
import { useWindowTitle } from '../title';

export const cache = createQueryClient();

export const root = createRootRoute({ component: Root });

function Root() {
  useWindowTitle();
  return <Outlet />;
}

/** Whoever is logged in; else to the login, and from there to `next`. */
export async function whoIsThere(next: string): Promise<Me> {
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

export function nextAfter(href: string): { next?: string } {
  return href === '/' ? {} : { next: href };
}


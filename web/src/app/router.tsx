/** Every address of the app; a page's code comes when it is first opened. */
import { createRouter } from '@tanstack/react-router';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { whenOwing, whenSignedOut } from '@/lib/api/client';
import { isUnfetchedPart } from '@/lib/api/problem';
import { NotFound } from './NotFound';
import { doors } from './routes/doors';
import { rooms } from './routes/rooms';
import { cache, nextAfter, root } from './routes/root';

export const router = createRouter({
  routeTree: root.addChildren([...doors, rooms]),
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

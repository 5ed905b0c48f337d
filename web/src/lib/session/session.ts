/** Who is logged in and what they may do; what a role may not do is not drawn (UI, first lines). */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Me = Schemas['MeView'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/auth/me', { signal })),
  staleTime: Infinity,
});

const HINT = 'meta[name="nexus-session"]';

/** Whether the page came with a session cookie: without one there is nobody to ask about. Unknown counts as yes. */
export function mayBeSignedIn(): boolean {
  return document.querySelector<HTMLMetaElement>(HINT)?.content !== 'none';
}

/** After a login the page is the same one, but somebody is there now. */
export function noteSignedIn(): void {
  document.querySelector(HINT)?.setAttribute('content', 'some');
}

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the role has this permission at all; the scope is the server's to apply. */
export function can(me: Me, permission: string): boolean {
  return me.permissions.some((granted) => granted.permission === permission);
}

/** Links that work once: the token lies behind `#`, leaves the address bar at once and stays in this page's memory. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type LinkTarget = Schemas['LinkView'];
export type Purpose = Schemas['LinkBody']['purpose'];

const FRAGMENT = /^#?token=([\w.-]{1,1000})$/;

let held: string | null = null;

/** The token that the address came with, where shoulders, screenshots and the history would see it; then it is gone. */
export function takeToken(): string | null {
  const found = FRAGMENT.exec(location.hash)?.[1];
  if (location.hash) history.replaceState(history.state, '', location.pathname);
  held = found ?? held;
  return held;
}

export function dropToken(): void {
  held = null;
}

export const linkQuery = (purpose: Purpose, token: string | null) =>
  queryOptions({
    queryKey: ['link', purpose, token],
    queryFn: async ({ signal }): Promise<LinkTarget> =>
      bodyOf(await api.POST('/auth/link', { body: { purpose, token: token ?? '' }, signal })),
    enabled: token !== null,
    gcTime: 0,
    retry: false,
    staleTime: Infinity,
  });

export async function forgot(email: string): Promise<void> {
  await api.POST('/auth/forgot', { body: { email } });
}

export async function choosePassword(purpose: Purpose, body: Schemas['NewPasswordBody']): Promise<void> {
  await (purpose === 'reset' ? api.POST('/auth/reset', { body }) : api.POST('/auth/invitation', { body }));
}

export async function changePassword(body: Schemas['ChangePasswordBody']): Promise<void> {
  await api.POST('/auth/password', { body });
}

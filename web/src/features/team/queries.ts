/** The company's accounts, its join link, and what each role may do. For those who may read accounts. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type Account = Schemas['AccountView'];
export type Role = Account['role'];

export const ROLES = ['ceo', 'secretary', 'setter', 'closer', 'professional'] as const satisfies readonly Role[];

export const accountKeys = {
  all: ['accounts'] as const,
  list: ['accounts', 'list'] as const,
  waiting: ['accounts', 'waiting'] as const,
  code: ['accounts', 'code'] as const,
  change: ['accounts', 'change'] as const,
  security: ['accounts', 'security'] as const,
};

export const accountsQuery = queryOptions({
  queryKey: accountKeys.list,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/admin/core/users', { params: { query: { cursor, limit: 100 } }, signal }))),
});

/** How many wait; a hundred and more are shown as what fits. */
export const waitingQuery = queryOptions({
  queryKey: accountKeys.waiting,
  queryFn: async ({ signal }) => {
    const query = { status: 'pending' as const, limit: 100 };
    return bodyOf(await api.GET('/admin/core/users', { params: { query }, signal })).items.length;
  },
});

export const joinCodeQuery = queryOptions({
  queryKey: accountKeys.code,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/join-code', { signal })).code,
});

export async function rotateJoinCode(): Promise<string | null> {
  return bodyOf(await api.POST('/admin/core/join-code')).code;
}

/** The address to share: the code lies behind `#`, so that it reaches no server and no log. */
export function joinLink(code: string): string {
  return `${location.origin}/register#${encodeURIComponent(code)}`;
}

export const securityQuery = queryOptions({
  queryKey: accountKeys.security,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/security', { signal })),
});

export async function requireTotp(required: boolean): Promise<void> {
  await api.PUT('/admin/core/security', { body: { require_totp: required } });
}

export async function resetTotp(id: number): Promise<Account> {
  return bodyOf(await api.POST('/admin/core/users/{user_id}/totp/reset', { params: { path: { user_id: id } } }));
}

export type Verdict = 'activate' | 'suspend' | 'hold';

export async function judge(id: number, verdict: Verdict): Promise<Account> {
  const params = { path: { user_id: id } };
  if (verdict === 'activate') return bodyOf(await api.POST('/admin/core/users/{user_id}/activate', { params }));
  if (verdict === 'suspend') return bodyOf(await api.POST('/admin/core/users/{user_id}/suspend', { params }));
  return bodyOf(await api.POST('/admin/core/users/{user_id}/hold', { params }));
}

export async function giveRole(id: number, role: Role): Promise<Account> {
  return bodyOf(await api.PATCH('/admin/core/users/{user_id}', { params: { path: { user_id: id } }, body: { role } }));
}

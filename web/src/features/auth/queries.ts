/** Logging in, asking to join, and one's own sessions. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Session = Schemas['SessionView'];

export const ROLES = ['setter', 'closer', 'professional', 'secretary'] as const;

/** Null where the login is complete; else the challenge that a code of the second factor answers. */
export async function login(body: Schemas['LoginBody']): Promise<string | null> {
  return (await api.POST('/auth/login', { body })).data?.challenge ?? null;
}

export async function answerLogin(body: Schemas['LoginCodeBody']): Promise<void> {
  await api.POST('/auth/login/code', { body });
}

export async function logout(): Promise<void> {
  await api.POST('/auth/logout');
}

export async function register(body: Schemas['RegisterBody']): Promise<void> {
  await api.POST('/auth/register', { body });
}

/** The code of a join link, which lies behind `#`: it reaches no server and no log. */
export function codeOfLink(hash: string): string {
  return decodeURIComponent(hash.replace(/^#/, ''));
}

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }): Promise<readonly Session[]> => bodyOf(await api.GET('/auth/sessions', { signal })).items,
  staleTime: 0,
});

export async function endSession(id: string): Promise<void> {
  await api.DELETE('/auth/sessions/{session_id}', { params: { path: { session_id: id } } });
}

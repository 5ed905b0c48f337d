/** Logging in and asking to join. */
import { api } from '@/lib/api/client';
import type { Schemas } from '@/lib/api/client';

export const ROLES = ['setter', 'closer', 'professional', 'secretary'] as const;

export async function login(body: Schemas['LoginBody']): Promise<void> {
  await api.POST('/auth/login', { body });
}

export async function register(body: Schemas['RegisterBody']): Promise<void> {
  await api.POST('/auth/register', { body });
}

/** The code of a join link, which lies behind `#`: it reaches no server and no log. */
export function codeOfLink(hash: string): string {
  return decodeURIComponent(hash.replace(/^#/, ''));
}

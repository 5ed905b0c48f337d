/** One's own second factor: how it stands, and what changes it. Secrets are in no query's cache. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Totp = Schemas['TotpView'];
export type Enrolment = Schemas['EnrolmentView'];

export const totpQuery = queryOptions({
  queryKey: ['totp'],
  queryFn: async ({ signal }): Promise<Totp> => bodyOf(await api.GET('/auth/totp', { signal })),
  staleTime: 0,
});

export async function enrol(password: string): Promise<Enrolment> {
  return bodyOf(await api.POST('/auth/totp', { body: { password } }));
}

export async function confirm(code: string): Promise<readonly string[]> {
  return bodyOf(await api.POST('/auth/totp/confirm', { body: { code } })).recovery_codes;
}

export async function turnOff(body: Schemas['BothFactorsBody']): Promise<void> {
  await api.POST('/auth/totp/off', { body });
}

export async function renewCodes(body: Schemas['BothFactorsBody']): Promise<readonly string[]> {
  return bodyOf(await api.POST('/auth/totp/recovery-codes', { body })).recovery_codes;
}

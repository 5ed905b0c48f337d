/** Which keys are set. Their values go out once and are kept nowhere here: no query and no mutation ever holds one. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Credential = Schemas['CredentialView'];
export type Credentials = Schemas['CredentialsView'];

export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/credentials', { signal })),
});

/** Send a value; called as it is, since the cache of mutations would remember what it was given. */
export async function sendValue(name: string, value: string): Promise<Credential> {
  return bodyOf(await api.PUT('/admin/core/credentials/{name}', { params: { path: { name } }, body: { value } }));
}

export async function deleteKey(name: string): Promise<void> {
  await api.DELETE('/admin/core/credentials/{name}', { params: { path: { name } } });
}

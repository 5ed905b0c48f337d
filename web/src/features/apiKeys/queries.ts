/** The company's API keys: a key itself comes once, in the answer to its making, and is kept nowhere. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type ApiKey = Schemas['ApiKeyView'];
export type Issued = Schemas['IssuedKeyView'];
export type NewKey = Schemas['NewKeyBody'];

export interface ApiKeys {
  readonly keys: readonly ApiKey[];
  /** What keys may be given at all. */
  readonly scopes: readonly string[];
}

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }): Promise<ApiKeys> => {
    let scopes: readonly string[] = [];
    const keys = await everyPage(async (cursor) => {
      const page = bodyOf(await api.GET('/admin/core/api-keys', { params: { query: { cursor, limit: 100 } }, signal }));
      ({ scopes } = page);
      return page;
    });
    return { keys, scopes };
  },
});

export async function createKey(body: NewKey): Promise<Issued> {
  return bodyOf(await api.POST('/admin/core/api-keys', { body }));
}

export async function rotateKey(id: number): Promise<Issued> {
  return bodyOf(await api.POST('/admin/core/api-keys/{key_id}/rotate', { params: { path: { key_id: id } } }));
}

export async function revokeKey(id: number): Promise<void> {
  await api.DELETE('/admin/core/api-keys/{key_id}', { params: { path: { key_id: id } } });
}

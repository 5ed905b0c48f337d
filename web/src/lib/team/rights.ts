/** What each role may do, from the server's one table, and each right in words. */
import { queryOptions } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type RightsTable = Schemas['RoleList'];
export type Right = RightsTable['items'][number]['permission'];
type WordOfRight<Name extends string> = Name extends `${infer Head}.${infer Tail}` ? `${Head}_${Tail}` : Name;

export const rightsQuery = queryOptions({
  queryKey: ['rights'],
  queryFn: async ({ signal }): Promise<RightsTable> => bodyOf(await api.GET('/auth/roles', { signal })),
  staleTime: Infinity,
});

/** The right in words. */
export function rightName(permission: Right, t: TFunction): string {
  return t(`right.${wordOf(permission)}`);
}

/** A dot in a key means a level, so the words are filed with a line instead. */
function wordOf<Name extends Right>(permission: Name): WordOfRight<Name> {
  return permission.replace('.', '_') as WordOfRight<Name>;
}

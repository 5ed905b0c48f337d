/** People for the palette: leads by name, end of their phone or e-mail, asked once the typing pauses. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Person = Schemas['LeadView'];

const PAUSE_MS = 200;
const SHORTEST = 2;
const MOST = 6;
const NOBODY: readonly Person[] = [];

const peopleQuery = (typed: string) =>
  queryOptions({
    queryKey: ['palette', 'people', typed],
    queryFn: async ({ signal }): Promise<readonly Person[]> =>
      bodyOf(await api.GET('/crm/leads', { params: { query: { q: typed, limit: MOST } }, signal })).items,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });

export function usePeople(typed: string, allowed: boolean): { readonly people: readonly Person[]; readonly asking: boolean } {
  const [asked] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const enough = allowed && asked.length >= SHORTEST;
  const { data, isFetching } = useQuery({ ...peopleQuery(asked), enabled: enough });
  return { people: enough ? (data ?? NOBODY) : NOBODY, asking: enough && isFetching };
}

/** What the agent says, its versions, and the conversations in which it is tried. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Served = Schemas['ScriptView'];
export type Script = Schemas['Script'];
export type Question = Script['questions'][number];
export type Version = Schemas['VersionView'];
export type Run = Schemas['RunView'];
export type Exchange = Run['exchanges'][number];
export type TriedTool = Exchange['tools'][number];

const VERSIONS = 20;

/** Under the settings: their live rule reads these anew, too. */
export const scriptKeys = {
  script: ['settings', 'script'] as const,
  versions: ['settings', 'script', 'versions'] as const,
};

export const scriptQuery = queryOptions({
  queryKey: scriptKeys.script,
  queryFn: async ({ signal }): Promise<Served> => bodyOf(await api.GET('/agent/script', { signal })),
});

export const versionsQuery = infiniteQueryOptions({
  queryKey: scriptKeys.versions,
  queryFn: async ({ signal, pageParam }) => {
    const query = { limit: VERSIONS, ...(pageParam !== null && { cursor: pageParam }) };
    return bodyOf(await api.GET('/agent/versions', { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
});

export async function saveDraft(script: Script, version: string): Promise<Served> {
  return bodyOf(await api.PUT('/agent/script/draft', { body: { script, version } }));
}

export async function discardDraft(): Promise<Served> {
  return bodyOf(await api.DELETE('/agent/script/draft'));
}

export async function publish(version: string): Promise<Served> {
  return bodyOf(await api.POST('/agent/script/publish', { body: { version } }));
}

export async function restore(id: number): Promise<Served> {
  return bodyOf(await api.POST('/agent/versions/{version_id}/restore', { params: { path: { version_id: id } } }));
}

export const runKey = ['playground'] as const;
const LATE_MS = 4000;

/** The answer comes as an event; asked for now and then as well, since the line may be down. */
export const runQuery = (id: number) =>
  queryOptions({
    queryKey: [...runKey, id],
    queryFn: async ({ signal }): Promise<Run> =>
      bodyOf(await api.GET('/agent/playground/runs/{run_id}', { params: { path: { run_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'thinking' ? LATE_MS : false),
  });

export interface Asked {
  readonly messages: string[];
  readonly tapped_offer_id?: string;
}

export async function ask(runId: number | null, body: Asked): Promise<Run> {
  if (runId === null) return bodyOf(await api.POST('/agent/playground/runs', { body }));
  return bodyOf(await api.POST('/agent/playground/runs/{run_id}/messages', { params: { path: { run_id: runId } }, body }));
}

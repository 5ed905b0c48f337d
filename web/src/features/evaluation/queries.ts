/** Kept turns, and how playing them again went; asked for anew while one is being played. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type Scenario = Schemas['ScenarioView'];
export type Run = Schemas['EvaluationView'];
export type WholeRun = Schemas['WholeEvaluationView'];
export type Result = Schemas['ScenarioResultView'];
export type PlayedStep = Schemas['PlayedStepView'];
export type Failure = Schemas['PlayedFailureView'];

const WATCH_MS = 2000;
const MOST_RUNS = 20;

export const evaluationKeys = {
  scenarios: ['evaluation', 'scenarios'] as const,
  runs: ['evaluation', 'runs'] as const,
  run: (id: number) => ['evaluation', 'run', id] as const,
};

export const scenariosQuery = queryOptions({
  queryKey: evaluationKeys.scenarios,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) =>
      bodyOf(await api.GET('/agent/scenarios', { signal, params: { query: { limit: 100, ...(cursor && { cursor }) } } })),
    ),
});

export const runsQuery = queryOptions({
  queryKey: evaluationKeys.runs,
  queryFn: async ({ signal }) =>
    bodyOf(await api.GET('/agent/evaluations', { signal, params: { query: { limit: MOST_RUNS } } })).items,
  refetchInterval: ({ state }) => (state.data?.some((run) => run.state === 'waiting') ? WATCH_MS : false),
});

export const runQuery = (id: number) =>
  queryOptions({
    queryKey: evaluationKeys.run(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/agent/evaluations/{run_id}', { signal, params: { path: { run_id: id } } })),
    staleTime: Infinity, // one that is over stays as it is
  });

export async function begin(): Promise<WholeRun> {
  return bodyOf(await api.POST('/agent/evaluations'));
}

export async function remove(id: number): Promise<void> {
  await api.DELETE('/agent/scenarios/{scenario_id}', { params: { path: { scenario_id: id } } });
}

export async function keepAgain(turnId: number): Promise<Scenario> {
  return bodyOf(await api.POST('/agent/turns/{turn_id}/scenario', { params: { path: { turn_id: turnId } } }));
}

export async function yamlOf(id: number): Promise<string> {
  return bodyOf(await api.GET('/agent/scenarios/{scenario_id}', { params: { path: { scenario_id: id } } })).yaml;
}

/** What a turn of the agent did; read anew while it goes on. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Turn = Schemas['WholeTurnView'];
export type Step = Schemas['StepView'];
export type ToolCall = Schemas['ToolCallView'];

/** Stands for the conversation's newest turn, whichever that is. */
export const NEWEST = 0;
const LOOK_MS = 2000;

export const turnKeys = {
  of: (conversationId: number) => ['turns', conversationId] as const,
  one: (conversationId: number, turnId: number) => [...turnKeys.of(conversationId), turnId] as const,
};

/** null where the agent has not had a turn in the conversation. */
export const turnQuery = (conversationId: number, turnId: number) =>
  queryOptions({
    queryKey: turnKeys.one(conversationId, turnId),
    queryFn: async ({ signal }) => {
      const id = turnId === NEWEST ? await newest(conversationId, signal) : turnId;
      if (id === null) return null;
      const params = { path: { turn_id: id } };
      const turn = bodyOf(await api.GET('/agent/turns/{turn_id}', { params, signal }));
      return turn.conversation_id === conversationId ? turn : null;
    },
    refetchInterval: ({ state }) => (state.data && state.data.finished_at === null ? LOOK_MS : false),
  });

async function newest(conversationId: number, signal: AbortSignal): Promise<number | null> {
  const query = { conversation_id: conversationId, limit: 1 };
  return bodyOf(await api.GET('/agent/turns', { params: { query }, signal })).items[0]?.id ?? null;
}

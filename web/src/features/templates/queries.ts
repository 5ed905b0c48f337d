/** When the company's templates were asked for, and what it writes by itself. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { templateKeys } from '@/lib/templates/keys';

export type Sync = Schemas['SyncView'];
export type Trigger = Schemas['TriggerView'];
export type TriggerBody = Schemas['TriggerBody'];

export const syncsQuery = queryOptions({
  queryKey: templateKeys.syncs,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/chat/templates/sync', { signal })).items,
});

export const triggersQuery = queryOptions({
  queryKey: templateKeys.triggers,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/chat/triggers', { signal })).items,
});

export async function syncNow(): Promise<readonly Sync[]> {
  return bodyOf(await api.POST('/chat/templates/sync')).items;
}

export async function setTrigger(kind: Trigger['kind'], step: number, body: TriggerBody): Promise<Trigger[]> {
  return bodyOf(await api.PUT('/chat/triggers/{kind}/{step}', { params: { path: { kind, step } }, body })).items;
}

export async function removeStep(step: number): Promise<Trigger[]> {
  return bodyOf(await api.DELETE('/chat/triggers/reactivation/{step}', { params: { path: { step } } })).items;
}

/** A trigger as it is saved: its figures are the server's. */
export function bodyOfTrigger(trigger: Trigger): TriggerBody {
  const { enabled, template_id, fills, window_text, delay_minutes, quiet_from, quiet_to } = trigger;
  return { enabled, template_id, fills, window_text, delay_minutes, quiet_from, quiet_to };
}

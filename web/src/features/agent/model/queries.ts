/** Which models answer and what they took: read, saved on what was read, and tried. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type ModelView = Schemas['ModelView'];
export type ModelBody = Schemas['ModelBody'];
export type Spending = Schemas['SpendingView'];
export type Finding = Schemas['CheckView']['finding'];
export type Provider = ModelView['provider'];

const MINUTE = 60_000;

export const modelKeys = { all: ['agent', 'model'] as const };

export const modelQuery = queryOptions({
  queryKey: [...modelKeys.all, 'settings'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/agent/settings', { signal })).model,
});

/** Each answer adds to it, and no event tells of that: it is read again while it is looked at. */
export const spendingQuery = queryOptions({
  queryKey: [...modelKeys.all, 'spending'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/agent/spending', { signal })),
  refetchInterval: MINUTE,
});

export async function saveModel(model: ModelBody): Promise<ModelView> {
  return bodyOf(await api.PATCH('/agent/settings', { body: { model } })).model;
}

/** Whether a saved model answers; 0 is the main one. */
export async function checkModel(position: number): Promise<Finding> {
  return bodyOf(await api.POST('/agent/model/check', { body: { position } })).finding;
}

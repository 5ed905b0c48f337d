/** The company's stages, in order. A name that the company gave is everyone's; the first ones speak the reader's language. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Stage = Schemas['StageView'];

const TRANSLATED = ['new', 'contacted', 'qualified', 'meeting', 'proposal', 'won', 'lost'] as const;

export const stagesQuery = queryOptions({
  queryKey: ['stages'] as const,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/pipeline/stages', { signal })).items,
  staleTime: 5 * 60_000,
});

const NONE: readonly Stage[] = [];

/** Every stage, first to last; empty until it is known. */
export function useStages(): readonly Stage[] {
  return useQuery(stagesQuery).data ?? NONE;
}

/** The company's own name of a stage, else the reader's word for it; at worst the key. */
export function stageName(key: string, stages: readonly Stage[], t: TFunction): string {
  const stage = stages.find((each) => each.key === key);
  if (stage?.own_name) return stage.name;
  const known = TRANSLATED.find((each) => each === key);
  return known ? t(`stage.${known}`) : (stage?.name ?? key);
}

/** Whether the company lets no lead go from the one stage to the other. */
export function isClosed(stages: readonly Stage[], from: string, to: string): boolean {
  return stages.find(({ key }) => key === from)?.closed_to.includes(to) ?? false;
}

/** The fields that a company adds to its leads, and a value of one as people read it. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type CustomField = Schemas['FieldView'];

export const fieldsKey = ['customFields'] as const;

export const fieldsQuery = queryOptions({
  queryKey: fieldsKey,
  queryFn: async ({ signal }): Promise<readonly CustomField[]> => bodyOf(await api.GET('/crm/fields', { signal })).items,
  staleTime: 5 * 60_000,
});

const NONE: readonly CustomField[] = [];

/** Those in use, in the company's order. */
export function useFields(): readonly CustomField[] {
  return (useQuery(fieldsQuery).data ?? NONE).filter(({ archived }) => !archived);
}

/** A value as JSON writes it, in the reader's words. */
export function sayCustom(type: CustomField['type'], value: string, language: string, t: TFunction): string {
  if (type === 'yes_no') return value === 'true' ? t('yes') : t('no');
  if (type === 'number') return new Intl.NumberFormat(language).format(Number(value));
  if (type === 'date') return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));
  return value;
}

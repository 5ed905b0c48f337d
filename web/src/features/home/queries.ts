/** What Inicio reads. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';
import { pageParams } from '@/lib/query/pages';
import { reportKey, waitingKey } from './keys';
import type { FigureName, Part } from './search';

export type Report = Schemas['ReportView'];
export type Figures = Schemas['FiguresView'];
export type Row = Schemas['RowView'];
export type Earned = Schemas['EarnedView'];
export type Meeting = Schemas['EventView'];
export type Readiness = Schemas['ReadinessView'];

interface Days {
  readonly first?: string;
  readonly last?: string;
}

export const reportQuery = (days: Days) =>
  queryOptions({
    queryKey: [...reportKey, days],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/reports', { params: { query: days }, signal })),
    placeholderData: (shown) => shown,
  });

export const rowsQuery = (figure: FigureName, days: Days, { seller, ...part }: Part) =>
  infiniteQueryOptions({
    queryKey: [...reportKey, 'rows', figure, days, part, seller],
    queryFn: async ({ pageParam, signal }) => {
      const query = { figure, ...days, ...part, ...(seller !== undefined && { seller_id: seller }), cursor: pageParam, limit: 50 };
      return bodyOf(await api.GET('/crm/reports/rows', { params: { query }, signal }));
    },
    ...pageParams,
  });

export const readinessQuery = queryOptions({
  queryKey: [...reportKey, 'readiness'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/reports/readiness', { signal })),
});

/** Whoever has waited longest comes first. */
export const waitingQuery = queryOptions({
  queryKey: waitingKey,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/chat/conversations', { params: { query: { needs_person: true, limit: 8 } }, signal })).items,
});

/** The meetings of the reader's day, earliest first. */
export const meetingsQuery = (now: number) => {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  const [from, to] = [start.toISOString(), end.toISOString()];
  return queryOptions({
    queryKey: ['agenda', 'events', from, to],
    queryFn: ({ signal }) => everyPage(async (cursor) => bodyOf(await api.GET('/agenda/events', { params: { query: { from, to, cursor, limit: 100 } }, signal }))),
  });
};

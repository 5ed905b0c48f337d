/** The audit log in pages, what is newer than it, and how its chain stands. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import type { AuditQuery } from './filters';

export type AuditLine = Schemas['AuditLineView'];
export type Chain = Schemas['ChainView'];

export const auditKeys = { lines: ['audit', 'lines'] as const };

const PAGE = 100;
const ASK_AGAIN_MS = 30_000;
/** The API counts so many. */
export const MOST_NEWS = 100;

/** Newest first; what was read stays until the reader asks for the new lines. */
export const linesQuery = (asked: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: [...auditKeys.lines, asked],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...asked, cursor: pageParam, limit: PAGE };
      return bodyOf(await api.GET('/admin/core/audit/logs', { params: { query }, signal }));
    },
    ...pageParams,
    staleTime: Infinity,
    gcTime: 0,
  });

/** How many lines came after the first one in sight. */
export const newsQuery = (asked: AuditQuery, after: number) =>
  queryOptions({
    queryKey: ['audit', 'news', asked, after],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/admin/core/audit/news', { params: { query: { ...asked, after } }, signal })).count,
    refetchInterval: ASK_AGAIN_MS,
    gcTime: 0,
  });

export const chainQuery = queryOptions({
  queryKey: ['audit', 'chain'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/audit/chain', { signal })),
  gcTime: 0,
});

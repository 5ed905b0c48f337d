/** The ledger in pages, its sums, the rules of commissions; and what is written there. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, refusalOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';
import { pageParams } from '@/lib/query/pages';
import type { LedgerQuery } from './filters';
import { accountingKeys } from './keys';

export type Line = Schemas['TransactionView'];
export type Total = Schemas['TotalView'];
export type Rule = Schemas['RuleView'];
export type NewLine = Schemas['NewTransactionBody'];
export type NewRule = Schemas['RuleBody'];

const PAGE = 100;

/** Newest first; what was read stays until the reader asks for the new lines. */
export const linesQuery = (asked: LedgerQuery) =>
  infiniteQueryOptions({
    queryKey: [...accountingKeys.lines, asked],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...asked, cursor: pageParam, limit: PAGE };
      return bodyOf(await api.GET('/crm/transactions', { params: { query }, signal }));
    },
    ...pageParams,
    staleTime: Infinity,
    gcTime: 0,
  });

export const lineQuery = (id: number) =>
  queryOptions({
    queryKey: accountingKeys.line(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/transactions/{transaction_id}', { params: { path: { transaction_id: id } }, signal })),
  });

export const newsQuery = queryOptions({ queryKey: accountingKeys.news, queryFn: () => 0, staleTime: Infinity, initialData: 0 });

export const totalsQuery = (asked: LedgerQuery, by: 'currency' | 'seller') => {
  const query = Object.fromEntries(Object.entries(asked).filter(([name]) => name !== 'state')) as LedgerQuery; // sums tell pending apart
  return queryOptions({
    queryKey: [...accountingKeys.totals, by, query],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/transactions/totals', { params: { query: { ...query, by } }, signal })).items,
  });
};

export const rulesQuery = queryOptions({
  queryKey: accountingKeys.rules,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/transactions/rules', { signal })).items,
});

export const sellersQuery = queryOptions({
  queryKey: ['accounting', 'sellers'],
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/crm/sellers', { params: { query: { cursor, limit: PAGE } }, signal }))),
  staleTime: 60_000,
});

export const leadQuery = (id: number) =>
  queryOptions({
    queryKey: ['accounting', 'lead', id],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

export const leadsFoundQuery = (text: string) =>
  queryOptions({
    queryKey: ['accounting', 'leads', text],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/leads', { params: { query: { limit: 20, ...(text && { q: text }) } }, signal })).items,
  });

export async function record(body: NewLine): Promise<Line> {
  return bodyOf(await api.POST('/crm/transactions', { body }));
}

export async function reverse(id: number, reason: string): Promise<Line> {
  const params = { path: { transaction_id: id } };
  return bodyOf(await api.POST('/crm/transactions/{transaction_id}/reversal', { params, body: { reason } }));
}

export async function pay(id: number, paidAt: string | undefined): Promise<Line> {
  const params = { path: { transaction_id: id } };
  const body = paidAt === undefined ? {} : { paid_at: paidAt };
  return bodyOf(await api.POST('/crm/transactions/{transaction_id}/payment', { params, body }));
}

export function receiptAddress(id: number): string {
  return `/crm/transactions/${id}/receipt`;
}

/** A file as it is. Half a character in its name, which no encoding knows, is replaced. */
export async function addReceipt(id: number, file: File): Promise<Line> {
  const address = receiptAddress(id);
  const headers = {
    'X-Nexus-CSRF': '1',
    'Content-Type': 'application/octet-stream',
    'X-File-Name': encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(file.name))),
  };
  const answer = await fetch(address, { method: 'POST', headers, body: file });
  if (!answer.ok) throw await refusalOf(address, answer);
  return (await answer.json()) as Line;
}

export async function addRule(body: NewRule): Promise<Rule> {
  return bodyOf(await api.POST('/crm/transactions/rules', { body }));
}

export async function endRule(id: number, day: string): Promise<Rule> {
  const params = { path: { rule_id: id } };
  return bodyOf(await api.POST('/crm/transactions/rules/{rule_id}/end', { params, body: { ends_on: day } }));
}

export async function removeRule(id: number): Promise<void> {
  await api.DELETE('/crm/transactions/rules/{rule_id}', { params: { path: { rule_id: id } } });
}

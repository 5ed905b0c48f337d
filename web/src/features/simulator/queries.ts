/** Where the demo's phone is, and what its messages have become in the company's conversations. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Conversation = Schemas['ConversationView'];

export const CUSTOMERS = [1, 2] as const;
export type Customer = (typeof CUSTOMERS)[number];

export const simulatorKeys = { recent: ['simulator', 'recent'] as const };

export const simulatorQuery = queryOptions({
  queryKey: ['simulator', 'address'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/demo/simulator', { signal })).url,
  staleTime: Infinity,
});

export const recentQuery = queryOptions({
  queryKey: simulatorKeys.recent,
  queryFn: async ({ signal }): Promise<readonly Conversation[]> =>
    bodyOf(await api.GET('/chat/conversations', { params: { query: { limit: 8 } }, signal })).items,
});

/** The phone of one of the customers, in the app's language and colours. */
export function phoneAddress(url: string, customer: Customer, language: string, theme: 'light' | 'dark'): string {
  const address = new URL(url);
  const asked = { embedded: '1', customer: String(customer), language, theme };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address.href;
}

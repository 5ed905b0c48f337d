/** What the bell reads: how much is new, and what one was told. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Notification = Schemas['NotificationView'];
export type Summary = Schemas['SummaryView'];

export const bellKeys = {
  summary: ['notifications', 'summary'] as const,
  list: ['notifications', 'list'] as const,
};

export const summaryQuery = queryOptions({
  queryKey: bellKeys.summary,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/notifications/summary', { signal })),
});

export const notificationsQuery = infiniteQueryOptions({
  queryKey: bellKeys.list,
  queryFn: async ({ pageParam, signal }) =>
    bodyOf(await api.GET('/notifications', { params: { query: { cursor: pageParam, limit: 30 } }, signal })),
  ...pageParams,
});

/** Where a notification leads: the record that it is about. */
export function recordOf({ kind, conversation_id, lead_id, data }: Notification): string {
  if (kind === 'account_waiting' || kind === 'reset_asked') return '/people';
  if (kind === 'password_reset' || kind === 'recovery_code_used' || kind === 'totp_reset' || kind === 'codes_refused') return '/sessions';
  if (kind === 'booking' || kind === 'meeting_moved' || kind === 'meeting_cancelled') return '/calendar';
  if (kind === 'calendar_lost') return '/calendars';
  if (kind === 'learned_answer') return '/knowledge';
  if (kind === 'webhook_failing') return '/webhooks';
  if (kind === 'import_finished') return data.import_id ? `/imports/${data.import_id}` : '/imports';
  if (kind === 'budget_reached') return '/studio?tab=model';
  if (kind === 'hot_lead' && lead_id !== null) return `/leads/${lead_id}`;
  if (conversation_id !== null) return `/inbox/${conversation_id}`;
  return lead_id === null ? '/inbox' : `/leads/${lead_id}`;
}

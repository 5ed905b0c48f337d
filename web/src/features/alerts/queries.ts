/** Browsers that take push messages, and what one wants to hear outside the app. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Device = Schemas['DeviceView'];
export type Preferences = Schemas['PreferencesView'];
export type CompanyRules = Schemas['CompanyRulesView'];
export type Alerts = Schemas['AlertsView'];
export type Topic = keyof Preferences['channels'];
export type Way = Schemas['PreferencesBody']['channels'][string][number];

export const TOPICS = ['person_needed', 'draft_waiting', 'failure', 'booking', 'hot_lead', 'mention', 'accounts', 'security'] as const;
export const WAYS = ['push', 'email', 'whatsapp'] as const;

export const pushQuery = queryOptions({
  queryKey: ['alerts', 'push'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/notifications/push', { signal })),
});

export const alertsQuery = queryOptions({
  queryKey: ['alerts', 'preferences'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/notifications/alerts', { signal })),
});

export async function savePreferences(body: Preferences): Promise<Preferences> {
  return bodyOf(await api.PUT('/notifications/alerts', { body }));
}

export async function saveCompanyRules(body: CompanyRules): Promise<CompanyRules> {
  return bodyOf(await api.PUT('/notifications/alerts/company', { body }));
}

export async function removeDevice(id: number): Promise<void> {
  await api.DELETE('/notifications/push/{device_id}', { params: { path: { device_id: id } } });
}

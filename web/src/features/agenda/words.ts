/** How an event is called and when it is, in the reader's language and zone. */
import type { TFunction } from 'i18next';
import { clock, weekday } from '@/lib/i18n/format';
import { isHold } from './holds';
import type { AgendaEvent } from './queries';

const MUTED_KINDS = ['block', 'google'] as const;
const STATUSES = ['held', 'done', 'no_show'] as const;

/** The person, else what it is about, else what kind of time it is. */
export function nameOf(event: AgendaEvent, t: TFunction): string {
  if (isMeeting(event)) return event.lead_name ?? (event.title || t('agenda.nameless'));
  if (isHold(event)) return event.lead_name ?? t('agenda.nameless');
  if (event.kind === 'google' && event.title) return t('agenda.google.titled', { title: event.title });
  return event.title ? `${kindOf(event, t)}: ${event.title}` : kindOf(event, t);
}

export function isMeeting(event: AgendaEvent): boolean {
  return event.kind === 'meeting';
}

/** Whether somebody can say how it went. */
export function hasBegun({ starts_at, status }: Pick<AgendaEvent, 'starts_at' | 'status'>): boolean {
  return status !== 'held' && Date.parse(starts_at) <= Date.now();
}

/** The word of a state that is not the normal one; null for a confirmed meeting. */
export function statusOf(event: AgendaEvent, t: TFunction, language: string): string | null {
  if (isHold(event)) return t('agenda.hold.until', { at: clock(event.held_until, language) });
  const status = STATUSES.find((known) => known === event.status);
  return status ? t(`agenda.status.${status}`) : null;
}

/** «mar 24 nov, 10:30 – 11:00» */
export function whenOf({ starts_at, ends_at }: Pick<AgendaEvent, 'starts_at' | 'ends_at'>, language: string): string {
  return `${weekday(starts_at, language)}, ${clock(starts_at, language)} – ${clock(ends_at, language)}`;
}

function kindOf(event: AgendaEvent, t: TFunction): string {
  const kind = MUTED_KINDS.find((known) => known === event.kind) ?? 'block';
  return t(`agenda.kind.${kind}`);
}

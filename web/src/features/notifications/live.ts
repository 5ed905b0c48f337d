/** How a live event changes the bell. NOTIFICATION comes to one's own sockets alone. */
import type { LiveRules } from '@/lib/live/live';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { soon } from '@/lib/query/soon';
import { arrived } from './arrivals';
import { bellKeys, type Notification, type Summary } from './queries';

const MOST = 100;

export const notificationsLive: LiveRules = {
  NOTIFICATION: (cache, payload) => {
    const told = payload['notification'] as Notification | null;
    if (told === null) {
      // Another window has read something, or the call was answered.
      void cache.invalidateQueries({ queryKey: ['notifications'] });
      return;
    }
    const known = rowsOf(cache.getQueryData<Pages<Notification>>(bellKeys.list)).some(({ id }) => id === told.id);
    cache.setQueryData<Pages<Notification>>(bellKeys.list, (pages) => pages && putFirst(pages, told));
    if (payload['again'] !== true && !known) {
      cache.setQueryData<Summary>(bellKeys.summary, (summary) => summary && counted(summary, told));
    }
    arrived(told);
  },
  LEAD_UPDATED: (cache, payload) => {
    const lead = payload['lead'] as { id: number; full_name: string | null } | undefined;
    const about = rowsOf(cache.getQueryData<Pages<Notification>>(bellKeys.list)).find(
      ({ lead_id }) => lead_id !== null && lead_id === (lead?.id ?? payload['id']),
    );
    // Who it tells of has another name now, or is gone: erased, or one with somebody else.
    if (about && about.lead_name !== lead?.full_name) soon(cache, ['notifications']);
  },
};

/** The same record once while it is unread: a new call takes the place of the one before. */
function putFirst(pages: Pages<Notification>, told: Notification): Pages<Notification> {
  const [first, ...rest] = pages.pages.map((page) => ({ ...page, items: page.items.filter((row) => !replaces(told, row)) }));
  return first ? { ...pages, pages: [{ ...first, items: [told, ...first.items] }, ...rest] } : pages;
}

function replaces(told: Notification, row: Notification): boolean {
  const same =
    row.kind === told.kind &&
    row.lead_id === told.lead_id &&
    row.conversation_id === told.conversation_id &&
    row.event_id === told.event_id;
  return row.id === told.id || (same && row.read_at === null);
}

function counted(summary: Summary, told: Notification): Summary {
  return {
    unread: Math.min(MOST, summary.unread + 1),
    person_needed: Math.min(MOST, summary.person_needed + (told.kind === 'person_needed' ? 1 : 0)),
  };
}

/** How live events change the leads that were read. Each event carries the lead whole, so lists are not asked again. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { reaches } from '@/lib/session/scope';
import { meQuery } from '@/lib/session/session';
import type { Lead } from './filters';
import { dropLead, placeLeads } from './place';
import { leadKeys } from './queries';

/** A burst of events asks once, when it is over. */
const TIMELINE_MS = 300;
const SUMMARY_MS = 2000;

const waiting = new Map<string, ReturnType<typeof setTimeout>>();

function askSoon(cache: QueryClient, queryKey: QueryKey, after: number): void {
  const name = JSON.stringify(queryKey);
  if (waiting.has(name)) return;
  const ask = () => {
    waiting.delete(name);
    void cache.invalidateQueries({ queryKey });
  };
  waiting.set(name, setTimeout(ask, after));
}

const take: LiveRule = (cache, payload) => {
  if (payload['visible'] === false) {
    const me = cache.getQueryData(meQuery.queryKey);
    const owner = typeof payload['owner_user_id'] === 'number' ? payload['owner_user_id'] : null;
    if (me && 'owner_user_id' in payload && reaches(me, 'leads.read', owner)) return; // it is told whole, too
    dropLead(cache, Number(payload['id']));
  } else {
    const lead = payload['lead'] as Lead;
    placeLeads(cache, [lead]);
    askSoon(cache, leadKeys.timeline(lead.id), TIMELINE_MS);
  }
  askSoon(cache, leadKeys.summaries, SUMMARY_MS);
};

export const leadsLive: LiveRules = { NEW_LEAD: take, LEAD_UPDATED: take };

/** How live events change the leads that were read. Each event carries the lead whole, so lists are not asked again. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveRule, LiveRules } from '@/lib/live/live';
import type { Lead } from './filters';
import { dropLead, placeLeads } from './place';
import { leadKeys } from './queries';

/** A burst of events asks once, when it is over. */
const TIMELINE_MS = 300;
const SUMMARY_MS = 2000;
/** An import tells of each of its steps, and a list asks for each of its pages. */
const MANY_MS = 5000;
const ALL: readonly QueryKey[] = [leadKeys.lists, leadKeys.summaries, ['lead'], ['timeline']];

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
    dropLead(cache, Number(payload['id']));
  } else {
    const lead = payload['lead'] as Lead;
    placeLeads(cache, [lead]);
    askSoon(cache, leadKeys.timeline(lead.id), TIMELINE_MS);
  }
  askSoon(cache, leadKeys.summaries, SUMMARY_MS);
};

/** So many have changed at once that none is named: what was read of leads is read anew. */
const many: LiveRule = (cache) => {
  for (const key of ALL) askSoon(cache, key, MANY_MS);
};

export const leadsLive: LiveRules = { NEW_LEAD: take, LEAD_UPDATED: take, LEADS_CHANGED: many };

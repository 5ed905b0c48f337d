/** How live events change the leads that were read. Each event carries the lead whole, so lists are not asked again. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { fieldsKey } from '@/lib/records/fields';
import { tagsKey } from '@/lib/records/tags';
import { tasksKey } from '@/lib/records/tasks';
import { reaches } from '@/lib/session/scope';
import { meQuery } from '@/lib/session/session';
import { isServers, type Lead, type LeadQuery } from './filters';
import { dropLead, placeLeads } from './place';
import { leadKeys } from './queries';

/** A burst of events asks once, when it is over. */
const TIMELINE_MS = 300;
const SUMMARY_MS = 2000;
/** An import tells of each of its steps, and a list asks for each of its pages. */
const MANY_MS = 5000;
const ALL: readonly QueryKey[] = [leadKeys.lists, leadKeys.summaries, ['lead'], ['timeline']];

const waiting = new Map<string, ReturnType<typeof setTimeout>>();

function askSoon(cache: QueryClient, queryKey: QueryKey, after: number, isWanted = () => true): void {
  const name = JSON.stringify(queryKey);
  if (waiting.has(name)) return;
  const ask = () => {
    waiting.delete(name);
    if (isWanted()) void cache.invalidateQueries({ queryKey });
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
    const isThere = () => cache.getQueryData<Lead>(leadKeys.one(lead.id))?.deleted_at == null; // of a deleted one nothing is told
    askSoon(cache, leadKeys.timeline(lead.id), TIMELINE_MS, isThere);
    const changed = Array.isArray(payload['changed']) ? payload['changed'] : [];
    if (changed.some((name) => name !== 'messages')) askSoon(cache, leadKeys.standing(lead.id), TIMELINE_MS, isThere);
    if (changed.includes('tasks') || changed.includes('deleted_at')) askSoon(cache, tasksKey, TIMELINE_MS);
    for (const [key] of cache.getQueriesData({ queryKey: leadKeys.lists })) {
      if (isServers(key[1] as LeadQuery)) askSoon(cache, key, SUMMARY_MS);
    }
  }
  askSoon(cache, leadKeys.summaries, SUMMARY_MS);
};

/** So many have changed at once that none is named: what was read of leads is read anew. */
const many: LiveRule = (cache) => {
  for (const key of ALL) askSoon(cache, key, MANY_MS);
};

export const leadsLive: LiveRules = {
  NEW_LEAD: take,
  LEAD_UPDATED: take,
  LEADS_CHANGED: many,
  SETTINGS_UPDATED: (cache, payload) => {
    if (payload['section'] === 'tags') void cache.invalidateQueries({ queryKey: tagsKey });
    if (payload['section'] === 'fields') void cache.invalidateQueries({ queryKey: fieldsKey });
  },
};

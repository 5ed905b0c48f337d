/** How live events change the leads that were read. */
import type { LiveRules } from '@/lib/live/live';
import { dropRow, patchRow, type Pages } from '@/lib/query/pages';
import { leadKeys, type Lead } from './queries';

export const leadsLive: LiveRules = {
  NEW_LEAD: (cache) => void cache.invalidateQueries({ queryKey: leadKeys.lists }),
  LEAD_UPDATED: (cache, payload) => {
    if (payload['visible'] === false) {
      const gone = Number(payload['id']);
      cache.setQueriesData<Pages<Lead>>({ queryKey: leadKeys.lists }, (pages) => pages && dropRow(pages, gone));
      cache.removeQueries({ queryKey: leadKeys.one(gone) });
      return;
    }
    const told = payload['lead'] as Partial<Lead> & { readonly id: number };
    const change = (row: Lead): Lead => ({ ...row, ...told });
    const lists = cache.getQueriesData<Pages<Lead>>({ queryKey: leadKeys.lists });
    for (const [key, pages] of lists) {
      const stage = key[1];
      if (!pages) continue;
      if (stage !== null && stage !== told.stage_key) cache.setQueryData(key, dropRow(pages, told.id));
      else if (stage === null) cache.setQueryData(key, patchRow(pages, told.id, change));
      else void cache.invalidateQueries({ queryKey: key, exact: true });
    }
    cache.setQueryData<Lead>(leadKeys.one(told.id), (lead) => lead && change(lead));
    void cache.invalidateQueries({ queryKey: leadKeys.one(told.id) });
  },
};

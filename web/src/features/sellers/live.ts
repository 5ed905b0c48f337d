/** Who sells, when, or how booked has changed: what this window shows of sellers and of free times is read anew. */
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';

// By the keys alone: the page's code is not part of the first load.
const READ_ANEW = [['sellers'], ['agenda', 'sellers'], ['agenda', 'free']] as const;

/** The list tells how booked each one is, and whose account still works. */
const again: LiveRule = (cache) => soon(cache, ['sellers']);

export const sellersLive: LiveRules = {
  EVENT_CREATED: again,
  EVENT_UPDATED: again,
  USER_UPDATED: again,
  SETTINGS_UPDATED: (cache, payload) => {
    if (payload['section'] === 'sellers') for (const queryKey of READ_ANEW) void cache.invalidateQueries({ queryKey });
    else if (payload['section'] === 'meetings') void cache.invalidateQueries({ queryKey: ['sellers', 'free'] });
  },
};

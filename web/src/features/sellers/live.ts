/** Who sells, or when, has changed: what this window shows of sellers and of free times is read anew. */
import type { LiveRules } from '@/lib/live/live';

// By the keys alone: the page's code is not part of the first load.
const READ_ANEW = [['sellers'], ['agenda', 'sellers'], ['agenda', 'free']] as const;

export const sellersLive: LiveRules = {
  SETTINGS_UPDATED: (cache, payload) => {
    if (payload['section'] === 'sellers') for (const queryKey of READ_ANEW) void cache.invalidateQueries({ queryKey });
    else if (payload['section'] === 'meetings') void cache.invalidateQueries({ queryKey: ['sellers', 'free'] });
  },
};

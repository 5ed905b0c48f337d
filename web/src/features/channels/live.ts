/** A number was changed, or a check of its key came back: what this window shows of numbers is read anew. */
import type { LiveRules } from '@/lib/live/live';

export const channelsLive: LiveRules = {
  SETTINGS_UPDATED: (cache, payload) => {
    // By the key alone: the page's code is not part of the first load.
    if (payload['section'] === 'channels') void cache.invalidateQueries({ queryKey: ['channels'] });
  },
};

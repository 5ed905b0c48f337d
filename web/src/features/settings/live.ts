/**
 * Somebody saved a section: what this window has read of it, and what hangs on it, is read anew; the agent's script is
 * one of them, and its playground is told of here as well, since its own page comes late.
 */
import type { LiveRules } from '@/lib/live/live';
import { reasonsQuery } from '@/lib/pipeline/reasons';
import { stagesQuery } from '@/lib/pipeline/stages';
import { meQuery } from '@/lib/session/session';
import { settingsKeys } from './queries';

export const settingsLive: LiveRules = {
  PLAYGROUND_UPDATED: (cache) => void cache.invalidateQueries({ queryKey: ['playground'] }),
  SETTINGS_UPDATED: (cache, payload) => {
    void cache.invalidateQueries({ queryKey: settingsKeys.all });
    if (payload['section'] === 'lost_reasons') void cache.invalidateQueries({ queryKey: reasonsQuery.queryKey });
    else if (payload['section'] === 'stages') void cache.invalidateQueries({ queryKey: stagesQuery.queryKey });
    else if (payload['section'] === 'company' || payload['section'] === 'agent') void cache.invalidateQueries({ queryKey: meQuery.queryKey });
  },
};

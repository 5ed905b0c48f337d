/** Somebody chose other models, or the day's cap was reached: this window reads them anew. */
import type { LiveRules } from '@/lib/live/live';
import { modelKeys } from './queries';

export const modelLive: LiveRules = {
  AGENT_UPDATED: (cache) => void cache.invalidateQueries({ queryKey: modelKeys.all }),
};

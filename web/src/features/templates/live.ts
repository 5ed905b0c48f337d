/** Templates came from the provider, or somebody set up what is written by itself: what was read of them is read anew. */
import type { LiveRules } from '@/lib/live/live';
import { templateKeys } from '@/lib/templates/keys';

export const templatesLive: LiveRules = {
  TEMPLATES_UPDATED: (cache) => void cache.invalidateQueries({ queryKey: templateKeys.all }),
};

/** A broadcast has moved: the figures that were read are read anew, at most once a second. */
import type { LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { broadcastKeys } from './keys';

export const broadcastsLive: LiveRules = {
  BROADCAST_UPDATED: (cache) => soon(cache, broadcastKeys.list),
};

/** A broadcast has moved, or a message of one may have: the figures that were read are read anew, at most once a second. */
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { broadcastKeys } from './keys';

const figures: LiveRule = (cache) => soon(cache, broadcastKeys.list);

/** What was delivered, read and answered long after the last message left counts too. */
export const broadcastsLive: LiveRules = {
  BROADCAST_UPDATED: figures,
  MESSAGE_STATUS: figures,
  NEW_MESSAGE: figures,
};

/** What the phone's messages become shows beside it as it happens. */
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { simulatorKeys } from './queries';

const again: LiveRule = (cache) => soon(cache, simulatorKeys.recent);

export const simulatorLive: LiveRules = {
  NEW_LEAD: again,
  LEAD_UPDATED: again,
  NEW_MESSAGE: again,
  CONVERSATION_UPDATED: again,
  TURN_UPDATED: again,
};

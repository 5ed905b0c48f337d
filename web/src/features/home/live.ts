/** What the figures count has changed: those on the screen are read anew, at most once a second. */
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { reportKey, waitingKey } from './keys';

const anew: LiveRule = (cache) => soon(cache, reportKey);

export const homeLive: LiveRules = {
  NEW_LEAD: anew,
  LEAD_UPDATED: anew,
  EVENT_CREATED: anew,
  EVENT_UPDATED: anew,
  SETTINGS_UPDATED: anew,
  CONVERSATION_UPDATED: (cache) => soon(cache, waitingKey),
};

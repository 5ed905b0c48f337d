/** Something was read, asked or decided: what was read of the knowledge is read anew, at most once a second. */
import type { LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { knowledgeKey } from './keys';

export const knowledgeLive: LiveRules = {
  KNOWLEDGE_UPDATED: (cache) => soon(cache, knowledgeKey),
};

/** An import has moved: what was read of imports is read anew, at most once a second. */
import type { LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { importKeys } from './keys';

export const importsLive: LiveRules = {
  IMPORT_UPDATED: (cache) => soon(cache, importKeys.all),
};

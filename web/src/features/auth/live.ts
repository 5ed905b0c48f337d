/** The company demands something else of its accounts: what one may do is read anew. */
import type { LiveRules } from '@/lib/live/live';
import { meQuery } from '@/lib/session/session';
import { totpQuery } from './totp/queries';

export const authLive: LiveRules = {
  COMPANY_UPDATED: (cache) => {
    void cache.invalidateQueries({ queryKey: meQuery.queryKey });
    void cache.invalidateQueries({ queryKey: totpQuery.queryKey });
  },
};

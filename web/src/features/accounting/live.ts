/** The ledger has grown: sums are read anew, a line in sight too; a new line is offered, nothing moves (UI §4). */
import type { LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { accountingKeys } from './keys';

export const accountingLive: LiveRules = {
  ACCOUNTING_UPDATED: (cache, payload) => {
    const id = payload['id'];
    soon(cache, accountingKeys.totals);
    if (typeof id !== 'number') {
      soon(cache, accountingKeys.rules);
      return;
    }
    cache.setQueryData<number>(accountingKeys.news, (known = 0) => Math.max(known, id));
    void cache.invalidateQueries({ queryKey: accountingKeys.line(id) });
  },
};

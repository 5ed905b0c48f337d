/** After a change of one's own: lines, sums and rules are read anew, and nothing of it is news. */
import type { QueryClient } from '@tanstack/react-query';
import { accountingKeys } from './keys';

export function refresh(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: accountingKeys.lines });
  void cache.invalidateQueries({ queryKey: ['accounting', 'line'] });
  void cache.invalidateQueries({ queryKey: accountingKeys.totals });
  void cache.invalidateQueries({ queryKey: accountingKeys.rules });
}

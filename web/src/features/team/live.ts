/** Somebody asks to come in, or an account changed: only those who may read accounts hear of it. */
import type { LiveRules } from '@/lib/live/live';
import { teamKey } from '@/lib/team/team';
import { invitationsKey } from './inviting';
import { accountKeys } from './queries';

export const teamLive: LiveRules = {
  USER_UPDATED: (cache) => {
    // What is being changed here is read anew once it is done: a row must not jump back meanwhile.
    if (cache.isMutating({ mutationKey: accountKeys.change }) > 0) return;
    void cache.invalidateQueries({ queryKey: accountKeys.list });
    void cache.invalidateQueries({ queryKey: accountKeys.waiting });
    void cache.invalidateQueries({ queryKey: invitationsKey });
    void cache.invalidateQueries({ queryKey: teamKey });
  },
};

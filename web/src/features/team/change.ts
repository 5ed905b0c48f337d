/** Letting in, keeping out and giving a role: shown at once, rolled back where refused, with the way back the API has. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { teamKey } from '@/lib/team/team';
import { accountKeys, giveRole, judge, resetTotp, type Account, type Role, type Verdict } from './queries';

const STATUS = { activate: 'active', suspend: 'suspended', hold: 'pending' } as const;

interface Change {
  readonly account: Account;
  readonly shown: Partial<Account>;
  readonly send: () => Promise<Account>;
  /** What the notice says, with the way back where there is an honest one. */
  readonly said: (() => void) | null;
}

export interface Changes {
  readonly approve: (account: Account) => void;
  readonly reject: (account: Account) => void;
  readonly suspend: (account: Account) => void;
  readonly reactivate: (account: Account) => void;
  readonly changeRole: (account: Account, role: Role) => void;
  readonly resetTotp: (account: Account) => void;
}

export function useChangeAccount(): Changes {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const show = (id: number, fields: Partial<Account>) =>
    cache.setQueryData<readonly Account[]>(accountKeys.list, (rows) =>
      rows?.map((row) => (row.id === id ? { ...row, ...fields } : row)),
    );
  const changing = useMutation({
    mutationKey: accountKeys.change,
    scope: { id: 'accounts' }, // one after the other: an answer and its way back must not overtake each other
    mutationFn: ({ send }: Change) => send(),
    onMutate: async ({ account, shown }) => {
      await cache.cancelQueries({ queryKey: accountKeys.list });
      show(account.id, shown);
    },
    onError: (error, { account }) => {
      show(account.id, account);
      toastProblem(error);
    },
    onSuccess: (saved, { said }) => {
      if (cache.isMutating({ mutationKey: accountKeys.change }) === 1) show(saved.id, saved);
      said?.();
    },
    onSettled: () => {
      if (cache.isMutating({ mutationKey: accountKeys.change }) > 1) return;
      void cache.invalidateQueries({ queryKey: accountKeys.list });
      void cache.invalidateQueries({ queryKey: accountKeys.waiting });
      void cache.invalidateQueries({ queryKey: teamKey });
    },
  });
  const decide = (account: Account, verdict: Verdict, said: Change['said'] = null) =>
    changing.mutate({ account, shown: { status: STATUS[verdict] }, send: () => judge(account.id, verdict), said });
  const setRole = (account: Account, role: Role, said: Change['said'] = null) =>
    changing.mutate({ account, shown: { role }, send: () => giveRole(account.id, role), said });
  return {
    approve: (account) =>
      decide(account, 'activate', () => toast(t('team.approved', { name: account.name }), () => decide(account, 'hold'))),
    reject: (account) =>
      decide(account, 'suspend', () => toast(t('team.rejected', { name: account.name }), () => decide(account, 'hold'))),
    suspend: (account) => decide(account, 'suspend', () => toast(t('team.suspended', { name: account.name }))),
    reactivate: (account) =>
      decide(account, 'activate', () =>
        toast(t('team.reactivated', { name: account.name }), () => decide(account, 'suspend')),
      ),
    resetTotp: (account) =>
      changing.mutate({
        account,
        shown: { totp: false },
        send: () => resetTotp(account.id),
        said: () => toast(t('team.totpWasReset', { name: account.name })),
      }),
    changeRole: (account, role) =>
      setRole(account, role, () =>
        toast(t('team.roleChanged', { name: account.name, role: t(`role.${role}`) }), () => setRole(account, account.role)),
      ),
  };
}

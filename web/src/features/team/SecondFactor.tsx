/** Who of the company has a second factor, and whether everybody must: shown at once, with the way back. */
import { Switch, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useMe } from '@/lib/session/session';
import { accountKeys, requireTotp, securityQuery, type Account } from './queries';

export function SecondFactor({ accounts }: { readonly accounts: readonly Account[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const me = useMe().user.id;
  const query = useQuery(securityQuery);
  const having = accounts.filter(({ totp }) => totp);
  const mine = having.some(({ id }) => id === me);
  const changing = useMutation({
    mutationFn: requireTotp,
    onMutate: async (required) => {
      await cache.cancelQueries({ queryKey: accountKeys.security });
      const before = cache.getQueryData(securityQuery.queryKey);
      cache.setQueryData(securityQuery.queryKey, { require_totp: required });
      return { before };
    },
    onError: (error, _, context) => {
      cache.setQueryData(securityQuery.queryKey, context?.before);
      toastProblem(error);
    },
    onSuccess: (_, required) =>
      toast(
        required ? t('team.totpRequired') : t('team.totpOptional'),
        mine ? () => changing.mutate(!required) : undefined, // without one's own, one has to set it up first
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: accountKeys.security }),
  });
  if (!query.data || accounts.length === 0) return null;
  return (
    <section aria-labelledby="team-totp">
      <Title order={2} id="team-totp" mb="xs">
        {t('team.totp')}
      </Title>
      <Text c="var(--nx-text2)" mb="sm">
        {t('team.totpCount', { having: having.length, all: accounts.length })}
      </Text>
      <Switch
        label={t('team.requireTotp')}
        description={mine || query.data.require_totp ? t('team.requireTotpHint') : t('team.requireTotpMine')}
        checked={query.data.require_totp}
        onChange={({ currentTarget: { checked } }) => changing.mutate(checked)}
      />
    </section>
  );
}

/** Somebody else who takes meetings: a person of the team, or one without an account of their own. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useTeam } from '@/lib/team/team';
import { addSeller, sellersQuery } from './queries';
import { keepProfile } from './useProfile';

interface Props {
  readonly onClose: () => void;
  readonly onAdded: (id: number) => void;
}

export default function AddSeller({ onClose, onAdded }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const sellers = useQuery(sellersQuery).data ?? [];
  const team = useTeam();
  const [name, setName] = useState('');
  const [account, setAccount] = useState<string | null>(null);
  const adding = useMutation({
    mutationFn: addSeller,
    onSuccess: (profile) => {
      keepProfile(cache, profile);
      onClose();
      onAdded(profile.seller.id);
    },
  });
  const free = team.filter(({ id, active }) => active && !sellers.some((seller) => seller.user_id === id));
  return (
    <Modal opened onClose={onClose} title={t('sellers.add')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') adding.mutate({ name: name.trim(), user_id: account === null ? null : Number(account) });
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="var(--nx-text2)">
            {t('sellers.addHint')}
          </Text>
          {free.length > 0 && (
            <Select
              label={t('sellers.account')}
              placeholder={t('sellers.noAccount')}
              data={free.map(({ id, name: known }) => ({ value: String(id), label: known }))}
              value={account}
              clearable
              clearButtonProps={{ 'aria-label': t('sellers.noAccount') }}
              onChange={(chosen) => {
                setAccount(chosen);
                const member = free.find(({ id }) => String(id) === chosen);
                if (member) setName(member.name);
              }}
            />
          )}
          <TextInput
            label={t('sellers.name')}
            value={name}
            maxLength={200}
            required
            withAsterisk={false}
            data-autofocus
            error={adding.error ? problemWords(asProblem(adding.error), t) : false}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={adding.isPending} disabled={name.trim() === ''}>
              {t('sellers.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A new key: what for, in whose name, until when, and what it may do; only what that person's role has is offered. */
import { Button, Checkbox, Fieldset, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useMe } from '@/lib/session/session';
import { rightName, rightsQuery, type Right } from '@/lib/team/rights';
import { useTeam } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import styles from './ApiKeys.module.css';
import { apiKeysQuery, createKey, type Issued } from './queries';
import { groupsFor, type ScopeGroup } from './scopes';

const LASTS = ['never', 'month', 'quarter', 'year'] as const;
const DAYS = { never: 0, month: 30, quarter: 90, year: 365 } as const;
const DAY_MS = 86_400_000;

interface Props {
  readonly offered: readonly string[];
  readonly onClose: () => void;
  readonly onIssued: (issued: Issued) => void;
}

export default function CreateKey({ offered, onClose, onIssued }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const me = useMe();
  const now = useNow();
  const team = useTeam();
  const rights = useQuery(rightsQuery);
  const [name, setName] = useState('');
  const [userId, setUserId] = useState(me.user.id);
  const [lasts, setLasts] = useState<(typeof LASTS)[number]>('year');
  const [chosen, setChosen] = useState<ReadonlySet<Right>>(new Set());
  const people = team.filter(({ active }) => active);
  const role = people.find(({ id }) => id === userId)?.role ?? me.user.role;
  const groups = rights.data ? groupsFor(offered, rights.data, role) : [];
  const scopes = groups.flatMap((group) => group.scopes).filter((scope) => chosen.has(scope));
  const making = useMutation({
    mutationFn: createKey,
    onSuccess: (issued) => onIssued(issued),
    onError: (error) => {
      if (asProblem(error).code !== 'too_many_keys') toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
  const good = name.trim() !== '' && scopes.length > 0;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!good) return;
    const ends = DAYS[lasts] ? new Date(now + DAYS[lasts] * DAY_MS).toISOString() : null;
    making.mutate({ name: name.trim(), scopes, user_id: userId, expires_at: ends });
  };
  return (
    <Modal opened onClose={onClose} title={t('apiKeys.creating')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            label={t('apiKeys.name')}
            description={t('apiKeys.nameMeans')}
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('apiKeys.user')}
            description={t('apiKeys.userMeans')}
            data={people.map((one) => ({ value: String(one.id), label: `${one.name} · ${t(`role.${one.role}`)}` }))}
            value={String(userId)}
            searchable
            allowDeselect={false}
            onChange={(value) => value && setUserId(Number(value))}
          />
          <Select
            label={t('apiKeys.lasts')}
            data={LASTS.map((value) => ({ value, label: t(`apiKeys.last.${value}`) }))}
            value={lasts}
            allowDeselect={false}
            onChange={(value) => setLasts(LASTS.find((known) => known === value) ?? 'year')}
          />
          <Text fw={600} size="sm">
            {t('apiKeys.scopes')}
          </Text>
          {rights.isPending && <Waiting rows={6} />}
          {rights.isError && <ErrorBox error={rights.error} retry={() => void rights.refetch()} />}
          <div className={styles['groups']}>
            {groups.map((group) => (
              <ScopeChoice key={group.name} group={group} chosen={chosen} onChange={setChosen} />
            ))}
          </div>
          {making.error && asProblem(making.error).code === 'too_many_keys' && <p role="alert">{t('apiKeys.tooMany')}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={making.isPending} disabled={!good}>
              {t('apiKeys.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  readonly group: ScopeGroup;
  readonly chosen: ReadonlySet<Right>;
  readonly onChange: (chosen: ReadonlySet<Right>) => void;
}

/** The rights about one thing, and one box for all of them. */
function ScopeChoice({ group, chosen, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const count = group.scopes.filter((scope) => chosen.has(scope)).length;
  const all = count === group.scopes.length;
  const set = (scopes: readonly Right[], on: boolean) => {
    const next = new Set(chosen);
    for (const scope of scopes) {
      if (on) next.add(scope);
      else next.delete(scope);
    }
    onChange(next);
  };
  const name = t(`apiKeys.group.${group.name}`);
  return (
    <Fieldset legend={name} className={styles['group'] ?? ''}>
      <Checkbox
        label={t('apiKeys.all')}
        aria-label={t('apiKeys.allOf', { name })}
        checked={all}
        indeterminate={count > 0 && !all}
        onChange={() => set(group.scopes, !all)}
      />
      {group.scopes.map((scope) => (
        <Checkbox
          key={scope}
          label={rightName(scope, t)}
          checked={chosen.has(scope)}
          onChange={(event) => set([scope], event.currentTarget.checked)}
        />
      ))}
    </Fieldset>
  );
}

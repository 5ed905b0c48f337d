/** Why leads are lost, as the company says it: added, renamed, ordered, put out of use and brought back. */
import { ActionIcon, Button, Group, Text, TextInput, Title } from '@mantine/core';
import { IconArchive, IconArrowDown, IconArrowUp, IconRestore } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { reasonsQuery, type LostReason } from '@/lib/pipeline/reasons';
import { swapped } from './fieldKey';
import styles from './Settings.module.css';

const LONGEST = 80;
type Change = Schemas['LostReasonBody'];

export function ReasonsSection() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(reasonsQuery);
  const reasons = query.data ?? [];
  const used = reasons.filter(({ archived }) => !archived);
  const again = () => cache.invalidateQueries({ queryKey: reasonsQuery.queryKey });
  const changing = useMutation({
    mutationFn: async ({ reason, change }: { readonly reason: LostReason; readonly change: Change }) =>
      bodyOf(await api.PATCH('/crm/pipeline/lost-reasons/{reason_id}', { params: { path: { reason_id: reason.id } }, body: change })),
    onError: toastProblem,
    onSuccess: (saved, { reason, change }) => {
      if (change.archived) toast(t('settings.reasons.archived', { name: saved.name }), () => changing.mutate({ reason: saved, change: { archived: false } }));
      else if (change.name) toast(t('settings.reasons.renamed', { name: saved.name }), () => changing.mutate({ reason: saved, change: { name: reason.name } }));
    },
    onSettled: again,
  });
  const ordering = useMutation({
    mutationFn: async (ids: readonly number[]) => api.PUT('/crm/pipeline/lost-reasons/order', { body: { ids: [...ids] } }),
    onError: toastProblem,
    onSettled: again,
  });
  const move = (index: number, by: number) => ordering.mutate(swapped(used.map(({ id }) => id), index, index + by));
  return (
    <section aria-labelledby="settings-reasons" className={styles['section']}>
      <Title order={2} id="settings-reasons">
        {t('settings.reasons.title')}
      </Title>
      <Text size="sm" c="var(--nx-text2)" mb="sm">
        {t('settings.reasons.about')}
      </Text>
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      <ol className={styles['rows']}>
        {reasons.map((reason) => (
          <ReasonRow
            key={reason.id}
            reason={reason}
            place={used.indexOf(reason)}
            last={used.length - 1}
            onMove={move}
            onChange={(change) => changing.mutate({ reason, change })}
          />
        ))}
      </ol>
      <NewReason onMade={() => void again()} />
    </section>
  );
}

interface RowProps {
  readonly reason: LostReason;
  readonly place: number;
  readonly last: number;
  readonly onMove: (index: number, by: number) => void;
  readonly onChange: (change: Change) => void;
}

function ReasonRow({ reason: { name, archived }, place, last, onMove, onChange }: RowProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const leave = () => {
    if (draft?.trim() && draft.trim() !== name) onChange({ name: draft.trim() });
    setDraft(null);
  };
  const way = archived ? 'restore' : 'archive';
  return (
    <li data-archived={archived}>
      <TextInput
        aria-label={t('settings.reasons.name', { name })}
        maxLength={LONGEST}
        readOnly={archived}
        value={draft ?? name}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={leave}
      />
      {!archived && (
        <>
          <ActionIcon variant="default" size={36} aria-label={t('settings.earlier', { name })} disabled={place === 0} onClick={() => onMove(place, -1)}>
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon variant="default" size={36} aria-label={t('settings.later', { name })} disabled={place === last} onClick={() => onMove(place, 1)}>
            <IconArrowDown size={16} />
          </ActionIcon>
        </>
      )}
      <ActionIcon variant="subtle" size={36} aria-label={t(`settings.reasons.${way}`, { name })} onClick={() => onChange({ archived: !archived })}>
        {archived ? <IconRestore size={18} /> : <IconArchive size={18} />}
      </ActionIcon>
    </li>
  );
}

function NewReason({ onMade }: { readonly onMade: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const adding = useMutation({
    mutationFn: async () => api.POST('/crm/pipeline/lost-reasons', { body: { name: name.trim() } }),
    onError: toastProblem,
    onSuccess: () => {
      setName('');
      onMade();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() && !adding.isPending) adding.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" mt="sm">
        <TextInput label={t('settings.reasons.new')} maxLength={LONGEST} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="default" disabled={!name.trim()} loading={adding.isPending}>
          {t('settings.reasons.add')}
        </Button>
      </Group>
    </form>
  );
}

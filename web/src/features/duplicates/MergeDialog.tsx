/** Two leads beside each other: which goes on, and whose value is kept where they differ. */
import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { money } from '@/lib/i18n/format';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { useTeam } from '@/lib/team/team';
import { differing, type Compared } from './compare';
import styles from './Duplicates.module.css';
import { duplicateKeys, merge, wholeLeadQuery, type Lead, type Pair } from './queries';
import { useUndoMerge } from './useUndoMerge';

interface Props {
  readonly pair: Pair;
  readonly onClose: () => void;
}

export default function MergeDialog({ pair, onClose }: Props) {
  const { t } = useTranslation();
  const low = useQuery(wholeLeadQuery(pair.low.id));
  const high = useQuery(wholeLeadQuery(pair.high.id));
  const failed = low.error ?? high.error;
  const retry = () => {
    void low.refetch();
    void high.refetch();
  };
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} size="lg" title={t('duplicates.dialog')} closeButtonProps={{ 'aria-label': t('close') }}>
      {failed && <ErrorBox error={failed} retry={retry} />}
      {!failed && (!low.data || !high.data) && <Waiting rows={6} />}
      {low.data && high.data && <Choice pair={[low.data, high.data]} onClose={onClose} />}
    </Modal>
  );
}

function Choice({ pair, onClose }: { readonly pair: readonly [Lead, Lead]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const undoMerge = useUndoMerge();
  const shown = useShown();
  const [survivor, setSurvivor] = useState(pair[0].id);
  const [chosen, setChosen] = useState<Partial<Record<Compared, number>>>({});
  const other = pair.find(({ id }) => id !== survivor)?.id ?? pair[1].id;
  const merging = useMutation({
    mutationFn: () => merge({ survivor_id: survivor, absorbed: [other], fields: chosen }),
    onSuccess: ({ id, moved }) => {
      void cache.invalidateQueries({ queryKey: duplicateKeys.pairs });
      void cache.invalidateQueries({ queryKey: duplicateKeys.merges });
      toast(t('duplicates.done', { count: moved }), () => undoMerge(id));
      onClose();
    },
  });
  const sides = pair.map((lead) => ({ value: String(lead.id), label: lead.full_name ?? lead.phone_shown ?? t('leads.nameless') }));
  return (
    <Stack gap="md">
      <div>
        <Text id="merge-survivor" fw={500}>
          {t('duplicates.survivor')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="merge-survivor"
          data={sides.map(({ value, label }, index) => ({ value, label: `${index + 1} · ${label}` }))}
          value={String(survivor)}
          onChange={(value) => setSurvivor(Number(value))}
        />
      </div>
      {differing(...pair).map((field) => (
        <div key={field}>
          <Text id={`merge-${field}`} size="sm" c="var(--nx-text2)">
            {t(`duplicates.field.${field}`)}
          </Text>
          <SegmentedControl
            fullWidth
            className={styles['choice'] ?? ''}
            aria-labelledby={`merge-${field}`}
            data={pair.map((lead) => ({ value: String(lead.id), label: shown(lead, field) }))}
            value={String(chosen[field] ?? survivor)}
            onChange={(value) => setChosen({ ...chosen, [field]: Number(value) })}
          />
        </div>
      ))}
      <Text size="sm" c="var(--nx-text2)">
        {t('duplicates.explained')}
      </Text>
      {merging.error && (
        <Alert color="danger" role="alert">
          {problemWords(asProblem(merging.error), t)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button loading={merging.isPending} onClick={() => merging.mutate()}>
          {t('duplicates.merge')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A field of a lead as people read it. */
function useShown(): (lead: Lead, field: Compared) => string {
  const { t, i18n } = useTranslation();
  const stages = useStages();
  const team = useTeam();
  return (lead, field) => {
    switch (field) {
      case 'phone':
        return lead.phone_shown ?? '';
      case 'stage_key':
        return stageName(lead.stage_key, stages, t);
      case 'owner_user_id':
        return team.find(({ id }) => id === lead.owner_user_id)?.name ?? t('leads.told.somebody');
      case 'value':
        return lead.value !== null && lead.currency !== null ? money(lead.value, lead.currency, i18n.language) : '';
      case 'interest':
        return lead.interest === null ? '' : t(`interest.${lead.interest}`);
      default:
        return lead[field] ?? '';
    }
  };
}

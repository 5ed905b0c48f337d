/** Which leads are meant: the filters of the lead list. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { useTeam } from '@/lib/team/team';
import styles from './Broadcasts.module.css';
import type { Filters } from './queries';

const INTERESTS = ['hot', 'warm', 'cold', 'not_interested'] as const;
const SOURCES = ['whatsapp', 'manual', 'import', 'form', 'webhook', 'meta'] as const;
const NOBODY = 'nobody';

interface Props {
  readonly filters: Partial<Filters>;
  readonly onFilters: (filters: Partial<Filters>) => void;
}

export function Segment({ filters, onFilters }: Props) {
  const { t } = useTranslation();
  const stages = useStages();
  const team = useTeam().filter(({ active }) => active);
  const owner = filters.unassigned ? NOBODY : filters.owner_user_id ? String(filters.owner_user_id) : null;
  const set = (fields: Partial<Filters>) =>
    onFilters(Object.fromEntries(Object.entries({ ...filters, ...fields }).filter(([, value]) => value !== null && value !== false)));
  const any = t('broadcasts.any');
  return (
    <fieldset className={styles['segment']}>
      <legend>{t('broadcasts.segment')}</legend>
      <Select
        label={t('leads.column.stage')}
        placeholder={any}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        data={stages.map(({ key }) => ({ value: key, label: stageName(key, stages, t) }))}
        value={filters.stage ?? null}
        onChange={(stage) => set({ stage })}
      />
      <Select
        label={t('leads.column.interest')}
        placeholder={any}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        data={INTERESTS.map((value) => ({ value, label: t(`interest.${value}`) }))}
        value={filters.interest ?? null}
        onChange={(value) => set({ interest: INTERESTS.find((known) => known === value) ?? null })}
      />
      <Select
        label={t('leads.column.owner')}
        placeholder={any}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        data={[{ value: NOBODY, label: t('leads.owner.nobody') }, ...team.map(({ id, name }) => ({ value: String(id), label: name }))]}
        value={owner}
        onChange={(value) => set({ unassigned: value === NOBODY, owner_user_id: value && value !== NOBODY ? Number(value) : null })}
      />
      <Select
        label={t('leads.column.source')}
        placeholder={any}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        data={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
        value={filters.source ?? null}
        onChange={(source) => set({ source })}
      />
    </fieldset>
  );
}

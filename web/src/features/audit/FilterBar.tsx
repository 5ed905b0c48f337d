/** Who, what, how grave and when; each of them lies in the address. */
import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTeam } from '@/lib/team/team';
import styles from './Audit.module.css';
import { csvAddress, isFiltered, SEVERITIES, type Filters } from './filters';
import { actionName, ACTIONS } from './words';

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

export function FilterBar({ filters, onFilters }: Props) {
  const { t, i18n } = useTranslation();
  const team = useTeam();
  const set = (changed: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }) =>
    onFilters(Object.fromEntries(Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== undefined)));
  const known = ACTIONS.map((value) => ({ value, label: actionName(value, t) }));
  const actions: readonly Option[] = filters.action && !known.some(({ value }) => value === filters.action)
    ? [{ value: filters.action, label: filters.action }, ...known]
    : known;
  const people = team.map(({ id, name }) => ({ value: String(id), label: name }));
  const users = filters.user !== undefined && !team.some(({ id }) => id === filters.user)
    ? [{ value: String(filters.user), label: t('audit.unknownUser', { id: filters.user }) }, ...people]
    : people;
  const [unfolded, setUnfolded] = useState(false);
  const count = Object.keys(filters).length;
  return (
    <div className={styles['filters']} role="search" aria-label={t('audit.filters')} data-unfolded={unfolded}>
      <Button
        className={styles['fold'] ?? ''}
        variant="default"
        size="xs"
        aria-expanded={unfolded}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setUnfolded(!unfolded)}
      >
        {count > 0 ? `${t('audit.show')} (${count})` : t('audit.show')}
      </Button>
      <Select
        label={t('audit.who')}
        placeholder={t('audit.anyone')}
        size="xs"
        data={users}
        value={filters.user === undefined ? null : String(filters.user)}
        onChange={(value) => set({ user: value === null ? undefined : Number(value) })}
        searchable
        clearable
      />
      <Select
        className={styles['wide'] ?? ''}
        label={t('audit.what')}
        placeholder={t('audit.anything')}
        size="xs"
        data={actions.toSorted((a, b) => a.label.localeCompare(b.label, i18n.language))}
        value={filters.action ?? null}
        onChange={(value) => set({ action: value ?? undefined })}
        searchable
        clearable
      />
      <Select
        label={t('audit.severity')}
        placeholder={t('audit.anySeverity')}
        size="xs"
        data={SEVERITIES.map((value) => ({ value, label: t(`audit.level.${value}`) }))}
        value={filters.severity ?? null}
        onChange={(value) => set({ severity: SEVERITIES.find((each) => each === value) })}
        clearable
      />
      <TextInput
        label={t('audit.since')}
        type="date"
        size="xs"
        max={filters.until}
        value={filters.since ?? ''}
        onChange={(event) => set({ since: event.currentTarget.value || undefined })}
      />
      <TextInput
        label={t('audit.until')}
        type="date"
        size="xs"
        min={filters.since}
        value={filters.until ?? ''}
        onChange={(event) => set({ until: event.currentTarget.value || undefined })}
      />
      {isFiltered(filters) && (
        <Button variant="subtle" size="xs" onClick={() => onFilters({})}>
          {t('audit.clear')}
        </Button>
      )}
      <Button
        component="a"
        href={csvAddress(filters)}
        download
        variant="default"
        size="xs"
        className={styles['download'] ?? ''}
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('audit.download')}
      </Button>
    </div>
  );
}

/** What kind, how it stands, how it was paid, by whom and of whom; each of them lies in the address. */
import { Button, Select } from '@mantine/core';
import { IconDownload, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can, useMe } from '@/lib/session/session';
import styles from './Accounting.module.css';
import { csvAddress, isFiltered, KINDS, METHODS, STATES, type Filters, type LedgerQuery } from './filters';
import { LeadPicker } from './LeadPicker';
import { sellersQuery } from './queries';

interface Props {
  readonly filters: Filters;
  readonly asked: LedgerQuery;
  readonly onFilters: (filters: Filters) => void;
}

export function FilterBar({ filters, asked, onFilters }: Props) {
  const { t } = useTranslation();
  const exports = can(useMe(), 'exports');
  const sellers = useQuery(sellersQuery).data ?? [];
  const [unfolded, setUnfolded] = useState(false);
  const set = (changed: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }) =>
    onFilters(Object.fromEntries(Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== undefined)));
  const count = Object.keys(filters).filter((name) => name !== 'month').length;
  return (
    <div className={styles['filters']} role="search" aria-label={t('accounting.filters')} data-unfolded={unfolded}>
      <Button
        className={styles['fold'] ?? ''}
        variant="default"
        size="xs"
        aria-expanded={unfolded}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setUnfolded(!unfolded)}
      >
        {count > 0 ? `${t('accounting.filters')} (${count})` : t('accounting.filters')}
      </Button>
      <Select
        label={t('accounting.column.kind')}
        placeholder={t('accounting.any')}
        size="xs"
        data={KINDS.map((value) => ({ value, label: t(`accounting.kind.${value}`) }))}
        value={filters.kind ?? null}
        onChange={(value) => set({ kind: KINDS.find((each) => each === value) })}
        clearable
      />
      <Select
        label={t('accounting.column.state')}
        placeholder={t('accounting.any')}
        size="xs"
        data={STATES.map((value) => ({ value, label: t(`accounting.state.${value}`) }))}
        value={filters.state ?? null}
        onChange={(value) => set({ state: STATES.find((each) => each === value) })}
        clearable
      />
      <Select
        label={t('accounting.column.method')}
        placeholder={t('accounting.any')}
        size="xs"
        data={METHODS.map((value) => ({ value, label: t(`accounting.method.${value}`) }))}
        value={filters.method ?? null}
        onChange={(value) => set({ method: METHODS.find((each) => each === value) })}
        clearable
      />
      <Select
        label={t('accounting.column.seller')}
        placeholder={t('accounting.anyone')}
        size="xs"
        data={sellers.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={filters.seller === undefined ? null : String(filters.seller)}
        onChange={(value) => set({ seller: value === null ? undefined : Number(value) })}
        searchable
        clearable
      />
      <LeadPicker size="xs" value={filters.lead ?? null} onChange={(lead) => set({ lead: lead ?? undefined })} />
      {isFiltered(filters) && (
        <Button variant="subtle" size="xs" onClick={() => onFilters(filters.month ? { month: filters.month } : {})}>
          {t('accounting.clear')}
        </Button>
      )}
      {exports && (
        <Button
          component="a"
          href={csvAddress(asked)}
          download
          variant="default"
          size="xs"
          className={styles['download'] ?? ''}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('accounting.download')}
        </Button>
      )}
    </div>
  );
}

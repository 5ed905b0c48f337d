/** Whose money it is: a lead or the client that it has become, searched on the server. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leadName, leadReach } from '@/lib/leads/name';
import { leadQuery, leadsFoundQuery } from './queries';

interface Props {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
  readonly size?: 'xs' | 'sm';
}

const TYPING_MS = 200;

export function LeadPicker({ value, onChange, size = 'sm' }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING_MS);
  const chosen = useQuery({ ...leadQuery(value ?? 0), enabled: value !== null });
  const named = (lead: Parameters<typeof leadName>[0] & Parameters<typeof leadReach>[0]) =>
    [...new Set([leadName(lead), leadReach(lead)].filter(Boolean))].join(' · ') || t('accounting.nameless');
  // The field shows the chosen one's own label: that is no search.
  const searched = chosen.data && asked === named(chosen.data) ? '' : asked;
  const found = useQuery({ ...leadsFoundQuery(searched), placeholderData: keepPreviousData });
  const leads = new Map([...(chosen.data ? [chosen.data] : []), ...(found.data ?? [])].map((lead) => [lead.id, lead]));
  return (
    <Select
      label={t('accounting.column.client')}
      placeholder={size === 'xs' ? t('accounting.anyone') : t('accounting.searchClient')}
      size={size}
      data={[...leads.values()].map((lead) => ({ value: String(lead.id), label: named(lead) }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? t('accounting.searching') : t('accounting.noClient')}
      openOnFocus={false}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('accounting.clearClient') }}
    />
  );
}

/** Whom the meeting is with: searched on the server by name, company, e-mail or phone. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leadName, leadReach } from '@/lib/leads/name';
import { leadQuery, leadsFoundQuery, type Lead } from './queries';

interface Props {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

const TYPING_MS = 200;

export function LeadPicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING_MS);
  const chosen = useQuery({ ...leadQuery(value ?? 0), enabled: value !== null });
  // The field shows the chosen one's own label: that is no search.
  const searched = chosen.data && asked === labelOf(chosen.data, t('agenda.nameless')) ? '' : asked;
  const found = useQuery({ ...leadsFoundQuery(searched), placeholderData: keepPreviousData });
  const leads = unique([...(chosen.data ? [chosen.data] : []), ...(found.data ?? [])]);
  return (
    <Select
      label={t('agenda.form.lead')}
      placeholder={t('agenda.form.leadHint')}
      data={leads.map((lead) => ({ value: String(lead.id), label: labelOf(lead, t('agenda.nameless')) }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? t('agenda.form.searching') : t('agenda.form.noLead')}
      error={chosen.isError ? t('agenda.form.leadGone') : undefined}
      data-autofocus={value === null ? true : undefined}
      openOnFocus={false}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('agenda.form.clearLead') }}
    />
  );
}

function labelOf(lead: Lead, nameless: string): string {
  const name = leadName(lead) ?? nameless;
  const reach = lead.phone ?? leadReach(lead);
  return reach === null || reach === name ? name : `${name} · ${reach}`;
}

function unique(leads: readonly Lead[]): Lead[] {
  return [...new Map(leads.map((lead) => [lead.id, lead])).values()];
}

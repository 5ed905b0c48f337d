/** What a lead is worth, edited where it stands; saved when left, or by Enter; Escape gives it back. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseAmount, plainAmount } from '@/features/leads/amount';
import { MoneyField } from '@/features/leads/MoneyField';
import { useMe } from '@/lib/session/session';
import type { Lead, LeadChange } from '@/features/leads/queries';

interface Props {
  readonly lead: Lead;
  readonly writable: boolean;
  readonly onSave: (change: LeadChange) => void;
}

export function ValueField({ lead, writable, onSave }: Props) {
  const { t, i18n } = useTranslation();
  const { currency: usual } = useMe().tenant;
  const [draft, setDraft] = useState<{ readonly amount: string; readonly currency: string } | null>(null);
  const kept = { amount: lead.value === null ? '' : plainAmount(lead.value, i18n.language), currency: lead.currency ?? usual };
  const { amount, currency } = draft ?? kept;
  const value = parseAmount(amount);
  const bad = amount.trim() !== '' && value === null;
  const save = () => {
    if (!draft || bad) return;
    setDraft(null);
    const change = value === null ? { value: null, currency: null } : { value, currency };
    if (change.value !== lead.value || change.currency !== lead.currency) onSave(change);
  };
  return (
    <MoneyField
      amount={amount}
      currency={currency}
      onAmount={(next) => setDraft({ amount: next, currency })}
      onCurrency={(next) => setDraft({ amount, currency: next })}
      readOnly={!writable}
      error={bad ? t('leads.badAmount') : null}
      onLeave={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(null);
        if (event.key === 'Enter') save();
      }}
    />
  );
}

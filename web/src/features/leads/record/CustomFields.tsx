/** The company's own fields on a lead, each edited where it stands, by its type. */
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lead, LeadChange } from '@/features/leads/queries';
import { useFields, type CustomField } from '@/lib/records/fields';
import { EditedField as Field } from '@/components/EditedField';
import styles from './Record.module.css';

interface Props {
  readonly lead: Lead;
  readonly writable: boolean;
  readonly onSave: (change: LeadChange) => void;
}

type Value = Lead['custom'][string];

export function CustomFields({ lead, writable, onSave }: Props) {
  const { t } = useTranslation();
  const fields = useFields();
  if (fields.length === 0) return null;
  return (
    <section className={styles['section']} aria-labelledby="record-fields">
      <h2 id="record-fields">{t('record.fields')}</h2>
      {fields.map((field) => (
        <One
          key={field.key}
          field={field}
          value={lead.custom[field.key] ?? null}
          writable={writable}
          onValue={(value) => onSave({ custom: { [field.key]: value } })}
        />
      ))}
    </section>
  );
}

interface OneProps {
  readonly field: CustomField;
  readonly value: Value | null;
  readonly writable: boolean;
  readonly onValue: (value: Value | null) => void;
}

function One({ field, value, writable, onValue }: OneProps) {
  const { t } = useTranslation();
  const label = field.required && value === null ? t('record.missing', { label: field.label }) : field.label;
  const placeholder = writable ? t('leads.add') : '';
  switch (field.type) {
    case 'text':
      return <Field label={label} value={value === null ? null : String(value)} writable={writable} onSave={onValue} />;
    case 'number':
      return <NumberField key={String(value)} {...{ label, placeholder, writable, onValue }} value={typeof value === 'number' ? value : null} />;
    case 'date':
      return (
        <TextInput
          type="date"
          label={label}
          readOnly={!writable}
          value={value === null ? '' : String(value)}
          onChange={(event) => onValue(event.currentTarget.value || null)}
        />
      );
    case 'yes_no':
    case 'choice': {
      const data = field.type === 'choice' ? field.choices.map((each) => ({ value: each, label: each })) : yesNo(t('yes'), t('no'));
      return (
        <Select
          {...{ label, placeholder, data }}
          value={value === null ? null : String(value)}
          disabled={!writable}
          clearable={!field.required}
          allowDeselect={false}
          onChange={(chosen) => onValue(chosen === null ? null : field.type === 'choice' ? chosen : chosen === 'true')}
        />
      );
    }
  }
}

interface NumberProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: number | null;
  readonly writable: boolean;
  readonly onValue: (value: number | null) => void;
}

function NumberField({ value, writable, onValue, ...words }: NumberProps) {
  const [draft, setDraft] = useState<number | string>(value ?? '');
  const save = () => {
    const wanted = typeof draft === 'number' ? draft : null;
    if (wanted !== value) onValue(wanted);
  };
  return (
    <NumberInput
      {...words}
      value={draft}
      readOnly={!writable}
      hideControls
      onChange={setDraft}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(value ?? '');
        if (event.key === 'Enter') save();
      }}
    />
  );
}

function yesNo(yes: string, no: string) {
  return [
    { value: 'true', label: yes },
    { value: 'false', label: no },
  ];
}

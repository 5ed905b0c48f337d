/** One setting: written, chosen or a figure, with its verdict right below it. */
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hours } from '@/lib/time/week';
import { HolidayCountry, HolidayRegion } from './HolidayFields';
import { HoursField } from './HoursField';
import { LIMITS } from './judge';
import { fieldName, optionsOf, sayValue, type OwnWords } from './words';
import { WordsField } from './WordsField';

export type Value = string | number | boolean | Hours | OwnWords | null;

interface Props {
  readonly field: string;
  readonly value: Value;
  readonly error: string | undefined;
  /** The values of the fields beside it. */
  readonly beside: Readonly<Record<string, unknown>>;
  readonly onValue: (value: Value) => void;
}

const HELPED = [
  'country',
  'zone',
  'language',
  'currency',
  'most_meetings_per_day',
  'hold_minutes',
  'quiet_seconds',
  'agent_hours',
  'ai_disclosure',
  'turns_per_day',
  'assignment',
  'holiday_country',
  'whisper_model',
  'whisper_base_url',
  'vision_model',
] as const;
const EMPTY_IS_NONE = new Set(['most_meetings_per_day', 'hold_minutes', 'turns_per_day']);
const MANY = 12;

export function Field({ field, value, error, beside, onValue }: Props) {
  const { t, i18n } = useTranslation();
  const helped = HELPED.find((each) => each === field);
  const options = useMemo(() => optionsOf(field, t, i18n.language), [field, t, i18n.language]);
  const shared = {
    label: fieldName(field, t),
    ...(helped && { description: t(`settings.help.${helped}`) }),
    error: error ?? false,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
  const text = typeof value === 'string' ? value : '';
  if (field === 'vocabulary_words') {
    return <WordsField label={shared.label} error={error ?? false} value={value as OwnWords} onValue={onValue} />;
  }
  if (field === 'holiday_country') return <HolidayCountry {...shared} value={text} onValue={onValue} />;
  if (field === 'holiday_region') {
    return <HolidayRegion {...shared} country={String(beside['holiday_country'])} value={text} onValue={onValue} />;
  }
  if (options) {
    const current = typeof value === 'object' ? '' : String(value);
    const known = options.some((option) => option.value === current);
    const data = known ? options : [{ value: current, label: sayValue(field, current, t, i18n.language) }, ...options];
    return (
      <Select
        {...shared}
        data={[...data]}
        value={current}
        searchable={options.length > MANY}
        allowDeselect={false}
        limit={500}
        onChange={(chosen) => {
          if (chosen !== null) onValue(chosen);
        }}
      />
    );
  }
  if (typeof value === 'boolean') {
    return <Switch {...shared} checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />;
  }
  if (typeof value === 'object' && value !== null) return <HoursField {...shared} hours={value as Hours} onHours={onValue} />;
  const limits = LIMITS[field];
  if (limits) {
    return (
      <NumberInput
        {...shared}
        value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
        allowNegative={false}
        decimalScale={field.endsWith('_seconds') ? 2 : 0}
        onChange={(typed) => {
          const none = EMPTY_IS_NONE.has(field) ? null : Number.NaN;
          onValue(typed === '' ? none : Number(typed));
        }}
      />
    );
  }
  return <TextInput {...shared} value={value === null ? '' : String(value)} onChange={(event) => onValue(event.currentTarget.value)} />;
}

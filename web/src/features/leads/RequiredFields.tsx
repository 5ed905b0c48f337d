/** What the company wants to know of every lead, asked when one is made. */
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '@/lib/records/fields';

export type Answers = Readonly<Record<string, string | number | boolean>>;

/** The names of those that have no answer. */
export function unanswered(fields: readonly CustomField[], answers: Answers): readonly string[] {
  return fields.filter(({ key }) => answers[key] === undefined || answers[key] === '').map(({ label }) => label);
}

interface Props {
  readonly fields: readonly CustomField[];
  readonly answers: Answers;
  readonly onAnswers: (answers: Answers) => void;
}

export function RequiredFields({ fields, answers, onAnswers }: Props) {
  const { t } = useTranslation();
  const yesNo = [
    { value: 'true', label: t('yes') },
    { value: 'false', label: t('no') },
  ];
  return fields.map(({ key, label, type, choices }) => {
    const value = answers[key];
    const set = (next: string | number | boolean) => onAnswers({ ...answers, [key]: next });
    switch (type) {
      case 'number':
        return (
          <NumberInput
            key={key}
            label={label}
            required
            hideControls
            value={typeof value === 'number' ? value : ''}
            onChange={(next) => set(typeof next === 'number' ? next : '')}
          />
        );
      case 'choice':
      case 'yes_no':
        return (
          <Select
            key={key}
            label={label}
            required
            allowDeselect={false}
            data={type === 'choice' ? [...choices] : yesNo}
            value={value === undefined || value === '' ? null : String(value)}
            onChange={(chosen) => set(chosen === null ? '' : type === 'choice' ? chosen : chosen === 'true')}
          />
        );
      case 'date':
      case 'text':
        return (
          <TextInput
            key={key}
            label={label}
            required
            type={type}
            maxLength={500}
            autoComplete="off"
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => set(event.currentTarget.value)}
          />
        );
    }
  });
}

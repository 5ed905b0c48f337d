/** What a public form says and asks: its words, its language, and its questions in their order. */
import { ActionIcon, Button, Checkbox, Group, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Forms.module.css';
import type { FormField, FormSettings } from './queries';

const LANGUAGES = ['es', 'en', 'pt'] as const;
const KNOWN = ['full_name', 'phone', 'email', 'company', 'need'] as const;
const OWN = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'] as const;
const MOST = 12;

interface Props {
  readonly form: FormSettings;
  readonly onChange: (form: FormSettings) => void;
}

export function QuestionsEditor({ form, onChange }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<FormSettings>) => onChange({ ...form, ...change });
  const replace = (place: number, field: FormField) => set({ fields: form.fields.map((known, at) => (at === place ? field : known)) });
  const move = (place: number, by: number) => {
    const fields = [...form.fields];
    const [moved] = fields.splice(place, 1);
    if (moved) fields.splice(place + by, 0, moved);
    set({ fields });
  };
  const free = [...KNOWN, ...OWN].find((key) => form.fields.every((field) => field.key !== key));
  const add = () => {
    if (free) set({ fields: [...form.fields, { key: free, label: '', required: false, options: [] }] });
  };
  return (
    <Stack>
      <TextInput label={t('forms.field.title')} value={form.title} maxLength={200} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea label={t('forms.field.intro')} autosize minRows={2} value={form.intro} maxLength={600} onChange={(event) => set({ intro: event.currentTarget.value })} />
      <fieldset className={styles['questions']}>
        <legend>{t('forms.questions')}</legend>
        {form.fields.map((field, place) => (
          <Question
            key={field.key}
            field={field}
            place={place}
            last={place === form.fields.length - 1}
            taken={form.fields.map(({ key }) => key)}
            onChange={(changed) => replace(place, changed)}
            onMove={(by) => move(place, by)}
            onRemove={() => set({ fields: form.fields.filter((_, at) => at !== place) })}
          />
        ))}
        {form.fields.length < MOST && free && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('forms.addQuestion')}
          </Button>
        )}
      </fieldset>
      <Textarea label={t('forms.field.consent')} description={t('forms.consentMeans')} autosize minRows={2} value={form.consent} maxLength={600} onChange={(event) => set({ consent: event.currentTarget.value })} />
      <Textarea label={t('forms.field.thanks')} description={t('forms.thanksMeans')} autosize minRows={2} value={form.thanks} maxLength={600} onChange={(event) => set({ thanks: event.currentTarget.value })} />
      <Select
        label={t('forms.field.language')}
        data={LANGUAGES.map((value) => ({ value, label: t(`forms.language.${value}`) }))}
        value={form.language}
        allowDeselect={false}
        onChange={(value) => set({ language: LANGUAGES.find((known) => known === value) ?? 'es' })}
      />
    </Stack>
  );
}

interface QuestionProps {
  readonly field: FormField;
  readonly place: number;
  readonly last: boolean;
  readonly taken: readonly string[];
  readonly onChange: (field: FormField) => void;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}

function Question({ field, place, last, taken, onChange, onMove, onRemove }: QuestionProps) {
  const { t } = useTranslation();
  const name = field.label || t('forms.question', { number: place + 1 });
  const own = OWN.find((key) => key === field.key || !taken.includes(key)) ?? 'q1';
  const choices = [
    ...KNOWN.filter((key) => key === field.key || !taken.includes(key)).map((value) => ({ value, label: t(`forms.goes.${value}`) })),
    { value: field.key.startsWith('q') ? field.key : own, label: t('forms.goes.own') },
  ];
  return (
    <div className={styles['question']}>
      <div className={styles['asked']}>
        <TextInput label={t('forms.field.label')} value={field.label} maxLength={200} onChange={(event) => onChange({ ...field, label: event.currentTarget.value })} />
        <Select
          label={t('forms.field.goes')}
          data={choices}
          value={field.key}
          allowDeselect={false}
          onChange={(key) => key && onChange({ ...field, key, options: key.startsWith('q') ? field.options : [] })}
        />
      </div>
      {field.key.startsWith('q') && (
        <TagsInput label={t('forms.field.options')} description={t('forms.optionsMean')} value={[...field.options]} maxTags={20} onChange={(options) => onChange({ ...field, options })} />
      )}
      <Group justify="space-between">
        <Checkbox label={t('forms.required')} checked={field.required} onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })} />
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} disabled={place === 0} aria-label={t('forms.up', { name })} onClick={() => onMove(-1)}>
            <IconArrowUp size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} disabled={last} aria-label={t('forms.down', { name })} onClick={() => onMove(1)}>
            <IconArrowDown size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={t('forms.removeQuestion', { name })} onClick={onRemove}>
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      </Group>
      {field.key === 'phone' && !field.required && (
        <Text size="sm" c="var(--nx-text2)">
          {t('forms.phoneHint')}
        </Text>
      )}
    </div>
  );
}

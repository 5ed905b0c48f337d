/** The fields that the company adds to its leads: made, renamed, ordered, taken out of use and brought back. */
import { ActionIcon, Button, Checkbox, Group, Select, Text, TextInput, Title } from '@mantine/core';
import { IconArchive, IconArrowDown, IconArrowUp, IconRestore } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { fieldsKey, fieldsQuery, type CustomField } from '@/lib/records/fields';
import { choicesOf, keyOf, swapped } from './fieldKey';
import styles from './Settings.module.css';

const TYPES = ['text', 'number', 'date', 'choice', 'yes_no'] as const satisfies readonly CustomField['type'][];
type Change = Schemas['FieldBody'];

export function FieldsSection() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(fieldsQuery);
  const fields = query.data ?? [];
  const used = fields.filter(({ archived }) => !archived);
  const again = () => cache.invalidateQueries({ queryKey: fieldsKey });
  const changing = useMutation({
    mutationFn: async ({ field, change }: { readonly field: CustomField; readonly change: Change }) =>
      bodyOf(await api.PATCH('/crm/fields/{field_id}', { params: { path: { field_id: field.id } }, body: change })),
    onError: toastProblem,
    onSuccess: (saved, { change }) => {
      if (change.archived) toast(t('settings.fields.archived', { label: saved.label }), () => changing.mutate({ field: saved, change: { archived: false } }));
    },
    onSettled: again,
  });
  const ordering = useMutation({
    mutationFn: async (ids: readonly number[]) => api.PUT('/crm/fields/order', { body: { ids: [...ids] } }),
    onError: toastProblem,
    onSettled: again,
  });
  const move = (index: number, by: number) => ordering.mutate(swapped(used.map(({ id }) => id), index, index + by));
  return (
    <section aria-labelledby="settings-fields" className={styles['section']}>
      <Title order={2} id="settings-fields">
        {t('settings.fields.title')}
      </Title>
      <Text size="sm" c="var(--nx-text2)" mb="sm">
        {t('settings.fields.about')}
      </Text>
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      <ol className={styles['rows']}>
        {fields.map((field) => {
          const index = used.indexOf(field);
          return (
            <FieldRow key={field.id} field={field} onChange={(change) => changing.mutate({ field, change })}>
              {!field.archived && (
                <>
                  <ActionIcon variant="default" size={36} aria-label={t('settings.earlier', { name: field.label })} disabled={index === 0} onClick={() => move(index, -1)}>
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon variant="default" size={36} aria-label={t('settings.later', { name: field.label })} disabled={index === used.length - 1} onClick={() => move(index, 1)}>
                    <IconArrowDown size={16} />
                  </ActionIcon>
                </>
              )}
            </FieldRow>
          );
        })}
      </ol>
      <NewField onMade={() => void again()} />
    </section>
  );
}

interface RowProps {
  readonly field: CustomField;
  readonly onChange: (change: Change) => void;
  readonly children: React.ReactNode;
}

function FieldRow({ field, onChange, children }: RowProps) {
  const { t } = useTranslation();
  const [label, setLabel] = useState<string | null>(null);
  const [choices, setChoices] = useState<string | null>(null);
  const leave = () => {
    if (label?.trim() && label.trim() !== field.label) onChange({ label: label.trim() });
    if (choices !== null && choicesOf(choices).join() !== field.choices.join()) onChange({ choices: choicesOf(choices) });
    setLabel(null);
    setChoices(null);
  };
  return (
    <li data-archived={field.archived}>
      <TextInput
        aria-label={t('settings.fields.name', { label: field.label })}
        maxLength={60}
        readOnly={field.archived}
        value={label ?? field.label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        onBlur={leave}
      />
      {field.type === 'choice' ? (
        <TextInput
          aria-label={t('settings.fields.choicesOf', { label: field.label })}
          readOnly={field.archived}
          value={choices ?? field.choices.join(', ')}
          onChange={(event) => setChoices(event.currentTarget.value)}
          onBlur={leave}
        />
      ) : (
        <Text size="sm" c="var(--nx-text2)" w={120}>
          {t(`settings.fields.types.${field.type}`)}
        </Text>
      )}
      <Checkbox
        label={t('settings.fields.required')}
        checked={field.required}
        disabled={field.archived}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
      {children}
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={field.archived ? t('settings.fields.restore', { label: field.label }) : t('settings.fields.archive', { label: field.label })}
        onClick={() => onChange({ archived: !field.archived })}
      >
        {field.archived ? <IconRestore size={18} /> : <IconArchive size={18} />}
      </ActionIcon>
    </li>
  );
}

function NewField({ onMade }: { readonly onMade: () => void }) {
  const { t } = useTranslation();
  const [label, setLabel] = useState('');
  const [type, setType] = useState<CustomField['type']>('text');
  const [choices, setChoices] = useState('');
  const adding = useMutation({
    mutationFn: async () => {
      const body = { key: keyOf(label), label: label.trim(), type, required: false, choices: type === 'choice' ? choicesOf(choices) : [] };
      return api.POST('/crm/fields', { body });
    },
    onError: toastProblem,
    onSuccess: () => {
      setLabel('');
      setChoices('');
      onMade();
    },
  });
  const good = keyOf(label) !== '' && (type !== 'choice' || choicesOf(choices).length > 1);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good && !adding.isPending) adding.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" mt="sm">
        <TextInput label={t('settings.fields.new')} maxLength={60} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Select
          label={t('settings.fields.type')}
          data={TYPES.map((value) => ({ value, label: t(`settings.fields.types.${value}`) }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => setType(TYPES.find((known) => known === next) ?? 'text')}
        />
        {type === 'choice' && (
          <TextInput label={t('settings.fields.choices')} placeholder={t('settings.fields.example')} value={choices} onChange={(event) => setChoices(event.currentTarget.value)} />
        )}
        <Button type="submit" variant="default" disabled={!good} loading={adding.isPending}>
          {t('settings.fields.add')}
        </Button>
      </Group>
    </form>
  );
}

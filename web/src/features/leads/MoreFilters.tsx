/** The filters that are not asked for daily: tag, campaign, score, own fields, times, tasks, and the deleted ones. */
import { Button, Checkbox, NumberInput, Popover, Select, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@/lib/records/fields';
import { useTags } from '@/lib/records/tags';
import { can, useMe } from '@/lib/session/session';
import { MORE_FILTERS, type Filters } from './filters';
import styles from './MoreFilters.module.css';

interface Props {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
  /** Open at once: the press that asked for it was on what stood here before. */
  readonly pressed: boolean;
}

type Draft = { -readonly [Name in keyof Filters]: Filters[Name] | undefined };

export function MoreFilters({ filters, onFilters, pressed }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(pressed);
  const count = MORE_FILTERS.filter((name) => filters[name] !== undefined).length;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={360} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'subtle'}
          size="compact-sm"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {count > 0 ? t('record.filters.set', { count }) : t('leads.moreFilters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles['drop'] ?? ''}>
        {opened && (
          <Form
            filters={filters}
            onDone={(wanted) => {
              setOpened(false);
              onFilters(wanted);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ filters, onDone }: { readonly filters: Filters; readonly onDone: (filters: Filters) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const tags = useTags();
  const fields = useFields();
  const [draft, setDraft] = useState<Draft>({ ...filters });
  const set = (wanted: Draft) => setDraft({ ...draft, ...wanted });
  const [key = '', ...rest] = (draft.field ?? '').split('=');
  const [fieldKey, setFieldKey] = useState(key);
  const field = fields.find((one) => one.key === fieldKey);
  const value = rest.join('=');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onDone(Object.fromEntries(Object.entries(draft).filter(([, each]) => each !== undefined && each !== '')));
  };
  const none = () => onDone(Object.fromEntries(Object.entries(filters).filter(([name]) => !MORE_FILTERS.some((more) => more === name))));
  const day = (name: 'createdFrom' | 'createdTo' | 'activeFrom' | 'activeTo') => (
    <TextInput
      type="date"
      label={t(`record.filters.${name}`)}
      value={draft[name] ?? ''}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
    />
  );
  const score = (name: 'scoreMin' | 'scoreMax') => (
    <NumberInput
      label={t(`record.filters.${name}`)}
      min={0}
      max={100}
      hideControls
      value={draft[name] ?? ''}
      onChange={(next) => set({ [name]: typeof next === 'number' ? next : undefined })}
    />
  );
  const within = { comboboxProps: { withinPortal: false } };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextInput data-autofocus label={t('leads.field.campaign')} maxLength={100} value={draft.campaign ?? ''} onChange={(event) => set({ campaign: event.currentTarget.value || undefined })} />
      <Select
        {...within}
        label={t('record.filters.tag')}
        data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={draft.tag === undefined ? null : String(draft.tag)}
        clearable
        searchable
        onChange={(id) => set({ tag: id === null ? undefined : Number(id) })}
      />
      {score('scoreMin')}
      {score('scoreMax')}
      {fields.length > 0 && (
        <>
          <Select
            {...within}
            label={t('record.filters.field')}
            data={fields.map((one) => ({ value: one.key, label: one.label }))}
            value={fieldKey || null}
            clearable
            onChange={(next) => {
              setFieldKey(next ?? '');
              set({ field: undefined });
            }}
          />
          <FieldValue field={field} value={value} onValue={(next) => set({ field: next ? `${fieldKey}=${next}` : undefined })} />
        </>
      )}
      {day('createdFrom')}
      {day('createdTo')}
      {day('activeFrom')}
      {day('activeTo')}
      <Select
        {...within}
        label={t('record.filters.task')}
        data={(['open', 'none'] as const).map((each) => ({ value: each, label: t(`record.filters.tasks.${each}`) }))}
        value={draft.task ?? null}
        clearable
        onChange={(next) => set({ task: next === 'open' || next === 'none' ? next : undefined })}
      />
      {can(me, 'leads.write') && (
        <Checkbox
          mt="xl"
          label={t('record.filters.deleted')}
          checked={draft.deleted ?? false}
          onChange={(event) => set({ deleted: event.currentTarget.checked ? true : undefined })}
        />
      )}
      <div className={styles['acts']}>
        <Button variant="subtle" onClick={none}>
          {t('leads.clear')}
        </Button>
        <Button type="submit" variant="light">{t('record.filters.apply')}</Button>
      </div>
    </form>
  );
}

interface FieldValueProps {
  readonly field: ReturnType<typeof useFields>[number] | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function FieldValue({ field, value, onValue }: FieldValueProps) {
  const { t } = useTranslation();
  const label = t('record.filters.value');
  if (field?.type === 'choice' || field?.type === 'yes_no') {
    const data = field.type === 'choice' ? field.choices.map((each) => ({ value: each, label: each })) : [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    return <Select label={label} comboboxProps={{ withinPortal: false }} data={data} value={value || null} clearable onChange={(next) => onValue(next ?? '')} />;
  }
  return (
    <TextInput
      label={label}
      type={field?.type === 'date' ? 'date' : 'text'}
      disabled={!field}
      value={value}
      maxLength={500}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

/** What each column holds, with samples of it, and how rows are read. A field belongs to one column. */
import { Button, NativeSelect, Radio, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { useFields } from '@/lib/records/fields';
import { useTeam } from '@/lib/team/team';
import { customField, FIELDS, isEnough, letterOf, samplesOf, withField, type Columns, type Field } from './columns';
import styles from './Imports.module.css';
import { importKeys } from './keys';
import { check, type Options, type WholeImport } from './queries';
import { useRefusal } from './refusals';

const COUNTRIES = ['AR', 'BO', 'BR', 'CL', 'CO', 'CR', 'DO', 'EC', 'ES', 'GT', 'MX', 'PA', 'PE', 'PT', 'PY', 'US', 'UY'] as const;
const CURRENCIES = ['ARS', 'BRL', 'CLP', 'COP', 'EUR', 'MXN', 'PEN', 'USD', 'UYU'] as const;
const EXISTING = ['skip', 'fill', 'overwrite'] as const satisfies readonly Options['existing'][];
const FIRST: Options = { existing: 'skip', country: null, currency: null, stage_key: 'new', owner_user_id: null };

export function Mapping({ one, onChecked }: { readonly one: WholeImport; readonly onChecked: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [columns, setColumns] = useState<Columns>((one.plan?.columns ?? one.guess) as Columns);
  const [options, setOptions] = useState<Options>({ ...FIRST, ...one.plan?.options });
  const checking = useMutation({
    mutationFn: () => check(one.id, { columns: [...columns], options }),
    onError: useRefusal(),
    onSuccess: (moved) => {
      cache.setQueryData<WholeImport>(importKeys.one(one.id), (known) => known && { ...known, ...moved });
      onChecked();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: importKeys.all }),
  });
  const enough = isEnough(columns);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (enough) checking.mutate();
      }}
    >
      <section>
        <Title order={2}>{t('imports.columns')}</Title>
        <ul className={styles['mapping']}>
          {columns.map((field, place) => (
            <Column
              key={place}
              name={one.headers[place] || t('imports.columnOf', { letter: letterOf(place) })}
              samples={samplesOf(one.sample, place)}
              field={field}
              onField={(chosen) => setColumns(withField(columns, place, chosen))}
            />
          ))}
        </ul>
      </section>
      <OptionFields options={options} onOptions={setOptions} />
      {!enough && (
        <Text role="alert" size="sm" c="var(--nx-danger-fg)">
          {t('imports.notEnough')}
        </Text>
      )}
      <Button type="submit" w="fit-content" loading={checking.isPending} disabled={!enough}>
        {t('imports.try')}
      </Button>
    </form>
  );
}

interface ColumnProps {
  readonly name: string;
  readonly samples: readonly string[];
  readonly field: Field | null;
  readonly onField: (field: Field | null) => void;
}

function Column({ name, samples, field, onField }: ColumnProps) {
  const { t } = useTranslation();
  const own = useFields().map(({ key, label }) => ({ value: customField(key), label }));
  const ours = FIELDS.map((each) => ({ value: each, label: t(`imports.field.${each}`) }));
  const groups = own.length > 0 ? [{ group: t('imports.ours'), items: ours }, { group: t('imports.ownFields'), items: own }] : ours;
  const data = [{ value: '', label: t('imports.leaveOut') }, ...groups];
  return (
    <li data-out={field === null}>
      <div className={styles['columnName']}>{name}</div>
      <div className={styles['samples']}>{samples.length > 0 ? samples.join(' · ') : t('imports.noSample')}</div>
      <NativeSelect
        aria-label={t('imports.holds', { name })}
        data={data}
        value={field ?? ''}
        onChange={(event) => onField([...ours, ...own].find(({ value }) => value === event.currentTarget.value)?.value ?? null)}
      />
    </li>
  );
}

interface OptionsProps {
  readonly options: Options;
  readonly onOptions: (options: Options) => void;
}

function OptionFields({ options, onOptions }: OptionsProps) {
  const { t, i18n } = useTranslation();
  const stages = useStages();
  const team = useTeam().filter(({ active }) => active);
  const countries = new Intl.DisplayNames([i18n.language], { type: 'region' });
  const own = { value: '', label: t('imports.asCompany') };
  return (
    <section className={styles['options']}>
      <Radio.Group
        label={t('imports.existing')}
        value={options.existing}
        onChange={(value) => onOptions({ ...options, existing: EXISTING.find((each) => each === value) ?? 'skip' })}
      >
        <Stack gap="xs" mt={4}>
          {EXISTING.map((each) => (
            <Radio key={each} value={each} label={t(`imports.existingAs.${each}`)} description={t(`imports.existingHint.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <div className={styles['selects']}>
        <NativeSelect
          label={t('imports.country')}
          description={t('imports.countryHint')}
          data={[own, ...COUNTRIES.map((code) => ({ value: code, label: countries.of(code) ?? code }))]}
          value={options.country ?? ''}
          onChange={(event) => onOptions({ ...options, country: event.currentTarget.value || null })}
        />
        <NativeSelect
          label={t('imports.currency')}
          description={t('imports.currencyHint')}
          data={[own, ...CURRENCIES]}
          value={options.currency ?? ''}
          onChange={(event) => onOptions({ ...options, currency: event.currentTarget.value || null })}
        />
        <NativeSelect
          label={t('imports.stage')}
          description={t('imports.stageHint')}
          data={stages.map(({ key }) => ({ value: key, label: stageName(key, stages, t) }))}
          value={options.stage_key}
          onChange={(event) => onOptions({ ...options, stage_key: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('imports.owner')}
          description={t('imports.ownerHint')}
          data={[{ value: '', label: t('imports.nobody') }, ...team.map(({ id, name }) => ({ value: String(id), label: name }))]}
          value={options.owner_user_id ? String(options.owner_user_id) : ''}
          onChange={(event) => onOptions({ ...options, owner_user_id: Number(event.currentTarget.value) || null })}
        />
      </div>
    </section>
  );
}

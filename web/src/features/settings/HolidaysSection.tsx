/** A year's days off: each public holiday kept or not, and days that the company closes; each holds at once. */
import { Button, Group, SegmentedControl, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { weekday } from '@/lib/i18n/format';
import { holidaysQuery, setHoliday, settingsKeys, type Stretch } from './queries';
import styles from './Settings.module.css';
import { stretchesOf, type ShownStretch } from './stretches';

const THIS_YEAR = new Date().getFullYear();
const NOON = 'T12:00:00';

export function HolidaysSection({ country }: { readonly country: string }) {
  const { t } = useTranslation();
  const [year, setYear] = useState(THIS_YEAR);
  const query = useQuery(holidaysQuery(year));
  const set = useSetDays();
  const days = query.data?.days ?? [];
  return (
    <section aria-labelledby="settings-holidays" className={styles['section']}>
      <Group justify="space-between" gap="sm">
        <Title order={2} id="settings-holidays">
          {t('settings.holidays.title')}
        </Title>
        <SegmentedControl
          aria-label={t('settings.holidays.year')}
          data={[THIS_YEAR, THIS_YEAR + 1].map(String)}
          value={String(year)}
          onChange={(chosen) => setYear(Number(chosen))}
        />
      </Group>
      <Text size="sm" c="var(--nx-text2)" mb="sm">
        {t('settings.holidays.about')}
      </Text>
      {query.isPending && <Waiting rows={6} height={32} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && days.length === 0 && (
        <Text c="var(--nx-text2)">{country === '' ? t('settings.holidays.chooseCountry') : t('settings.holidays.none')}</Text>
      )}
      <ul className={styles['holidays']}>
        {stretchesOf(days).map((stretch) => (
          <Days key={stretch.first} stretch={stretch} onClosed={(closed) => set(stretch, closed)} />
        ))}
      </ul>
      <NewDays onAdd={(stretch) => set(stretch, true)} />
    </section>
  );
}

interface DaysProps {
  readonly stretch: ShownStretch;
  readonly onClosed: (closed: boolean) => void;
}

function Days({ stretch, onClosed }: DaysProps) {
  const { t, i18n } = useTranslation();
  const { name, closed } = stretch;
  const date = said(stretch, i18n.language);
  return (
    <li>
      <span>
        {date}
        <small>{name}</small>
      </span>
      <Switch
        label={closed ? t('settings.holidays.closed') : t('settings.holidays.open')}
        aria-label={t('settings.holidays.closedOn', { day: date, name })}
        checked={closed}
        onChange={(event) => onClosed(event.currentTarget.checked)}
      />
    </li>
  );
}

function NewDays({ onAdd }: { readonly onAdd: (stretch: Stretch) => void }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [name, setName] = useState('');
  const backwards = last !== '' && last < first;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (first === '' || backwards) return;
        onAdd({ first, last: last === '' ? first : last, name: name.trim() });
        for (const clear of [setFirst, setLast, setName]) clear('');
      }}
    >
      <Stack gap="sm" mt="md">
        <Group gap="sm" align="start">
          <TextInput type="date" label={t('settings.holidays.day')} value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
          <TextInput
            type="date"
            label={t('settings.holidays.until')}
            value={last}
            min={first}
            error={backwards && t('problem.bad_days')}
            onChange={(event) => setLast(event.currentTarget.value)}
          />
          <TextInput label={t('settings.holidays.name')} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
        </Group>
        <Group>
          <Button type="submit" variant="default" disabled={first === '' || backwards}>
            {t('settings.holidays.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** «mié 24 dic» or «mié 24 dic – vie 2 ene». */
function said({ first, last }: Stretch, language: string): string {
  const [from, to] = [first, last].map((day) => weekday(`${day}${NOON}`, language));
  return from === to ? (from ?? '') : `${from ?? ''} – ${to ?? ''}`;
}

function useSetDays() {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const setting = useMutation({
    mutationFn: ({ stretch, closed }: Step) => setHoliday(stretch, closed),
    onMutate: ({ stretch: { first, last }, closed }) => {
      const key = holidaysQuery(Number(first.slice(0, 4))).queryKey;
      const before = cache.getQueryData(key);
      cache.setQueryData(
        key,
        (known) => known && { ...known, days: known.days.map((one) => (one.day >= first && one.day <= last ? { ...one, closed } : one)) },
      );
      return { key, before };
    },
    onSuccess: (year, { stretch, closed, back }, { key }) => {
      cache.setQueryData(key, year);
      const words = { day: said(stretch, i18n.language) };
      if (!back) {
        toast(closed ? t('settings.holidays.saidClosed', words) : t('settings.holidays.saidOpen', words), () =>
          setting.mutate({ stretch, closed: !closed, back: true }),
        );
      }
    },
    onError: (error, _, kept) => {
      if (kept) cache.setQueryData(kept.key, kept.before);
      toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: settingsKeys.holidays }),
  });
  return (stretch: Stretch, closed: boolean) => setting.mutate({ stretch, closed, back: false });
}

interface Step {
  readonly stretch: Stretch;
  readonly closed: boolean;
  readonly back: boolean;
}

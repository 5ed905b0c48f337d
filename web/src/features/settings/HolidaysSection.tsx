/** A year's days off: each public holiday kept or not, and days of the company's own; each holds at once. */
import { Button, Group, SegmentedControl, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { weekday } from '@/lib/i18n/format';
import { holidaysQuery, setHoliday, settingsKeys, type Holidays } from './queries';
import styles from './Settings.module.css';

type CompanyDay = Holidays['days'][number];

const THIS_YEAR = new Date().getFullYear();
const NOON = 'T12:00:00';

export function HolidaysSection({ country }: { readonly country: string }) {
  const { t } = useTranslation();
  const [year, setYear] = useState(THIS_YEAR);
  const query = useQuery(holidaysQuery(year));
  const set = useSetDay();
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
        {days.map((day) => (
          <Day key={day.day} day={day} onClosed={(closed) => set(day, closed)} />
        ))}
      </ul>
      <NewDay onAdd={(day, name) => set({ day, name, public: false, closed: false }, true)} />
    </section>
  );
}

function Day({ day: { day, name, closed }, onClosed }: { readonly day: CompanyDay; readonly onClosed: (closed: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const date = weekday(`${day}${NOON}`, i18n.language);
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

function NewDay({ onAdd }: { readonly onAdd: (day: string, name: string) => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState('');
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (day === '') return;
        onAdd(day, name.trim());
        setDay('');
        setName('');
      }}
    >
      <Stack gap="sm" mt="md">
        <Group gap="sm" align="end">
          <TextInput type="date" label={t('settings.holidays.day')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
          <TextInput label={t('settings.holidays.name')} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={day === ''}>
            {t('settings.holidays.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSetDay() {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const setting = useMutation({
    mutationFn: ({ day, closed }: Step) => setHoliday(day.day, closed, day.name),
    onMutate: ({ day, closed }) => {
      const key = holidaysQuery(Number(day.day.slice(0, 4))).queryKey;
      const before = cache.getQueryData(key);
      cache.setQueryData(key, (known) => known && { ...known, days: known.days.map((one) => (one.day === day.day ? { ...one, closed } : one)) });
      return { key, before };
    },
    onSuccess: (year, { day, closed, back }, { key }) => {
      cache.setQueryData(key, year);
      const said = { day: weekday(`${day.day}${NOON}`, i18n.language) };
      if (!back) {
        toast(closed ? t('settings.holidays.saidClosed', said) : t('settings.holidays.saidOpen', said), () =>
          setting.mutate({ day, closed: !closed, back: true }),
        );
      }
    },
    onError: (error, _, kept) => {
      if (kept) cache.setQueryData(kept.key, kept.before);
      toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: settingsKeys.holidays }),
  });
  return (day: CompanyDay, closed: boolean) => setting.mutate({ day, closed, back: false });
}

interface Step {
  readonly day: CompanyDay;
  readonly closed: boolean;
  readonly back: boolean;
}

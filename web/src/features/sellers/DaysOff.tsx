/** Vacations and other days: off, or worked although the company is closed. */
import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { addDaysOff, dropDaysOff, sellerKeys, type DayOff, type Seller } from './queries';
import styles from './Sellers.module.css';
import { keepProfile } from './useProfile';
import { judgeDaysOff, sayDays } from './words';

interface Props {
  readonly seller: Seller;
  readonly days: readonly DayOff[];
  readonly editing: boolean;
}

type Wanted = Omit<DayOff, 'id'>;
const NOTHING: Wanted = { first_day: '', last_day: '', works: false, note: '' };

export function DaysOff({ seller, days, editing }: Props) {
  const { t, i18n } = useTranslation();
  const { add, drop } = useDaysOff(seller);
  return (
    <section aria-labelledby="seller-days">
      <Title order={2} size="h3" id="seller-days" mb="sm">
        {t('sellers.daysOff.title')}
      </Title>
      {days.length === 0 && <Text c="var(--nx-text2)">{t('sellers.daysOff.none')}</Text>}
      <ul className={styles['days']}>
        {days.map((one) => (
          <li key={one.id}>
            <span>
              {sayDays(one, i18n.language)}
              <small>{[one.works ? t('sellers.daysOff.works') : t('sellers.daysOff.off'), one.note].filter(Boolean).join(' · ')}</small>
            </span>
            {editing && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t('sellers.daysOff.drop', { days: sayDays(one, i18n.language) })}
                onClick={() => drop(one)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {editing && <NewDays onAdd={add} />}
    </section>
  );
}

function NewDays({ onAdd }: { readonly onAdd: (wanted: Wanted) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(NOTHING);
  const wrong = judgeDaysOff(wanted.first_day, wanted.last_day, t);
  const put = (change: Partial<Wanted>) => setWanted({ ...wanted, ...change });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ ...wanted, note: wanted.note.trim() });
        setWanted(NOTHING);
      }}
    >
      <Stack gap="sm" mt="sm">
        <div className={styles['newDays']}>
          <TextInput
            type="date"
            label={t('sellers.daysOff.first')}
            value={wanted.first_day}
            onChange={(event) => {
              const first_day = event.currentTarget.value;
              put({ first_day, last_day: wanted.last_day === '' || wanted.last_day < first_day ? first_day : wanted.last_day });
            }}
          />
          <TextInput
            type="date"
            label={t('sellers.daysOff.last')}
            value={wanted.last_day}
            error={wrong ?? false}
            onChange={(event) => put({ last_day: event.currentTarget.value })}
          />
          <TextInput
            label={t('sellers.daysOff.note')}
            placeholder={t('sellers.daysOff.noteHint')}
            value={wanted.note}
            maxLength={200}
            onChange={(event) => put({ note: event.currentTarget.value })}
          />
        </div>
        <Group gap="md" justify="space-between">
          <Switch label={t('sellers.daysOff.worksHint')} checked={wanted.works} onChange={(event) => put({ works: event.currentTarget.checked })} />
          <Button type="submit" variant="default" disabled={wanted.first_day === '' || wanted.last_day === '' || wrong !== undefined}>
            {t('sellers.daysOff.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useDaysOff(seller: Seller) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: sellerKeys.free });
  const adding = useMutation({
    mutationFn: ({ wanted }: { readonly wanted: Wanted; readonly back: boolean }) => addDaysOff(seller.id, wanted),
    onSuccess: (profile, { back }) => {
      keepProfile(cache, profile);
      const made = profile.days_off.reduce((newest, one) => (one.id > newest.id ? one : newest));
      if (!back) toast(t('sellers.said.daysAdded'), () => dropping.mutate({ one: made, back: true }));
    },
    onError: toastProblem,
    onSettled,
  });
  const dropping = useMutation({
    mutationFn: ({ one }: { readonly one: DayOff; readonly back: boolean }) => dropDaysOff(seller.id, one.id),
    onSuccess: (profile, { one: { first_day, last_day, works, note }, back }) => {
      keepProfile(cache, profile);
      const wanted = { first_day, last_day, works, note };
      if (!back) toast(t('sellers.said.daysDropped'), () => adding.mutate({ wanted, back: true }));
    },
    onError: toastProblem,
    onSettled,
  });
  return {
    add: (wanted: Wanted) => adding.mutate({ wanted, back: false }),
    drop: (one: DayOff) => dropping.mutate({ one, back: false }),
  };
}

/** The free times of a day to choose from, any other by hand, and the rule that stands against that one. */
import { Button, Chip, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { clock, weekday } from '@/lib/i18n/format';
import styles from './Agenda.module.css';
import { clockIn, differs, placeOf } from './hours';
import { dayOf, startOf } from './period';
import { explainQuery, freeQuery, nextFreeQuery, type Seller, type Slot } from './queries';
import { ruleOf, ruleWords } from './rules';

export interface Chosen {
  readonly day: string;
  /** `HH:MM` on the reader's clock; empty where nothing is chosen yet. */
  readonly time: string;
}

interface Props {
  readonly seller: Seller;
  readonly minutes: number;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  /** The write was just refused: the next free times are wanted. */
  readonly refused: boolean;
}

export function TimePicker({ seller, minutes, chosen, onChoose, refused }: Props) {
  const { t, i18n } = useTranslation();
  const free = useQuery(freeQuery({ seller, day: chosen.day, minutes }));
  const at = momentOf(chosen);
  const slots = free.data?.slots ?? [];
  const offered = slots.some((slot) => timeOf(slot) === chosen.time);
  const why = useQuery({ ...explainQuery(seller, at ?? new Date(0), minutes), enabled: at !== null && free.isSuccess && !offered });
  const none = free.isSuccess && slots.length === 0;
  const after = at && refused ? at : latest(startOf(chosen.day));
  const next = useQuery({ ...nextFreeQuery({ seller, minutes }, after), enabled: none || refused });
  const rule = at && !offered && !refused && why.data?.free === false ? ruleOf(why.data.rule) : undefined;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline">
        <Text fw={500} id="free-times">
          {t('agenda.form.free')}
        </Text>
        {differs(seller.zone, startOf(chosen.day)) && (
          <Text size="sm" c="var(--nx-text2)">
            {at
              ? t('agenda.sellerClock', { seller: seller.name, time: clockIn(seller.zone, at, i18n.language), place: placeOf(seller.zone) })
              : t('agenda.sellerPlace', { seller: seller.name, place: placeOf(seller.zone) })}
          </Text>
        )}
      </Group>
      {free.isPending && <Loader size="sm" aria-label={t('agenda.form.looking')} />}
      {free.isError && <ErrorBox error={free.error} retry={() => void free.refetch()} />}
      {slots.length > 0 && (
        <Chip.Group value={chosen.time} onChange={(time) => onChoose({ ...chosen, time })}>
          <Group gap="xs" className={styles['slots']} role="radiogroup" aria-labelledby="free-times">
            {slots.map((slot) => (
              <Chip key={slot.starts_at} value={timeOf(slot)} variant="light" size="sm">
                {clock(slot.starts_at, i18n.language)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {none && (
        <Text c={free.data.confirmed ? 'var(--nx-text2)' : 'var(--nx-note-fg)'}>
          {free.data.confirmed ? t('agenda.form.noneFree', { seller: seller.name }) : ruleWords('unconfirmed', seller.name, t)}
        </Text>
      )}
      {(none || refused) && next.data && next.data.length > 0 && (
        <Group gap="xs">
          <Text size="sm">{t('agenda.form.nextFree')}</Text>
          {next.data.map((slot) => (
            <Button key={slot.starts_at} variant="light" size="compact-sm" onClick={() => onChoose(chosenOf(slot))}>
              {weekday(slot.starts_at, i18n.language)}, {clock(slot.starts_at, i18n.language)}
            </Button>
          ))}
        </Group>
      )}
      <TextInput
        type="time"
        label={t('agenda.form.otherTime')}
        value={chosen.time}
        onChange={(event) => onChoose({ ...chosen, time: event.currentTarget.value })}
        className={styles['short']}
      />
      {rule !== undefined && (
        <Group gap="xs" wrap="nowrap" align="flex-start" role="status" c="var(--nx-note-fg)">
          <IconInfoCircle size={18} aria-hidden className={styles['still']} />
          <Text size="sm">{ruleWords(rule, seller.name, t)}</Text>
        </Group>
      )}
    </Stack>
  );
}

/** The instant on the reader's clock; null while no time is chosen. */
export function momentOf({ day, time }: Chosen): Date | null {
  if (!/^\d\d:\d\d$/.test(time) || !day) return null;
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const start = startOf(day);
  return new Date(start.getFullYear(), start.getMonth(), start.getDate(), hours, minutes);
}

export function chosenAt(moment: Date): Chosen {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return { day: dayOf(moment), time: `${two(moment.getHours())}:${two(moment.getMinutes())}` };
}

function chosenOf(slot: Slot): Chosen {
  return chosenAt(new Date(slot.starts_at));
}

function timeOf(slot: Slot): string {
  return chosenOf(slot).time;
}

/** Nothing is free before now, and the key of the query stays the same for a while. */
function latest(moment: Date): Date {
  const now = new Date();
  now.setMinutes(0, 0, 0);
  return moment > now ? moment : now;
}

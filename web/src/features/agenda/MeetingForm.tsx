/** Booking a meeting, or giving one another time: the same form. What was typed stays where the API refuses it. */
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useConnection } from '@/lib/live/state';
import { can, useMe } from '@/lib/session/session';
import styles from './Agenda.module.css';
import { usePhone } from './Anchored';
import { useCancel, useMove, type Asks } from './change';
import { LeadPicker } from './LeadPicker';
import { agendaKeys, book, type AgendaEvent, type Seller } from './queries';
import { refusalOf, refusedWords } from './rules';
import { show } from './shown';
import { momentOf, TimePicker, type Chosen } from './TimePicker';
import { nameOf, whenOf } from './words';

/** What the form begins with; with `event` it changes that one's time. */
export interface Draft {
  readonly sellerId: number;
  readonly chosen: Chosen;
  readonly minutes: number;
  readonly leadId: number | null;
  readonly event?: AgendaEvent;
}

interface Props {
  readonly draft: Draft;
  readonly sellers: readonly Seller[];
  readonly onClose: () => void;
  readonly asks: Asks;
}

const LENGTHS = [15, 30, 45, 60, 90, 120];
const MINUTE_MS = 60_000;

export function MeetingForm({ draft, sellers, onClose, asks }: Props) {
  const { t, i18n } = useTranslation();
  useBackCloses(true, onClose);
  const phone = usePhone();
  const [sellerId, setSellerId] = useState(draft.sellerId);
  const [leadId, setLeadId] = useState(draft.leadId);
  const [title, setTitle] = useState('');
  const [minutes, setMinutes] = useState(draft.minutes);
  const [chosen, setChosen] = useState(draft.chosen);
  const { send, sending, error, forget } = useSend(draft, onClose, asks);
  const offline = useConnection() === 'offline';
  const seller = sellers.find(({ id }) => id === sellerId);
  const start = momentOf(chosen);
  const refused = error ? refusalOf(error) : null;
  const complete = seller !== undefined && start !== null && (draft.event !== undefined || leadId !== null || title.trim() !== '');
  const submit = (force: boolean) => {
    if (!complete) return;
    send({ seller, leadId, title: title.trim(), start, end: new Date(start.getTime() + minutes * MINUTE_MS), force });
  };
  const edited = <Value,>(set: (value: Value) => void) => (value: Value) => {
    forget();
    set(value);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen={phone}
      size="lg"
      title={draft.event ? t('agenda.form.reschedule', { name: nameOf(draft.event, t) }) : t('agenda.form.book')}
      closeButtonProps={{ 'aria-label': t('agenda.close') }}
    >
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          submit(false);
        }}
      >
        <Stack gap="md">
          {!draft.event && <LeadPicker value={leadId} onChange={edited(setLeadId)} />}
          {!draft.event && (
            <TextInput
              label={t('agenda.form.title')}
              value={title}
              maxLength={200}
              onChange={(event) => edited(setTitle)(event.currentTarget.value)}
            />
          )}
          <Group grow align="flex-start">
            <Select
              label={t('agenda.form.seller')}
              data={sellers.filter(({ active, id }) => active || id === sellerId).map(({ id, name }) => ({ value: String(id), label: name }))}
              value={String(sellerId)}
              onChange={(id) => id && edited(setSellerId)(Number(id))}
              allowDeselect={false}
            />
            <Select
              label={t('agenda.form.length')}
              data={lengths(draft.minutes).map((length) => ({ value: String(length), label: t('agenda.form.minutes', { count: length }) }))}
              value={String(minutes)}
              onChange={(length) => length && edited(setMinutes)(Number(length))}
              allowDeselect={false}
            />
          </Group>
          <TextInput
            type="date"
            label={t('agenda.form.date')}
            value={chosen.day}
            required
            withAsterisk={false}
            onChange={(event) => event.currentTarget.value && edited(setChosen)({ ...chosen, day: event.currentTarget.value })}
          />
          {seller && <TimePicker seller={seller} minutes={minutes} chosen={chosen} onChoose={edited(setChosen)} refused={refused !== null} />}
          {error !== null && seller && (
            <Alert color="danger" role="alert">
              {refused ? refusedWords(refused, seller.name, t, i18n.language) : problemWords(asProblem(error), t)}
            </Alert>
          )}
          {!complete && (
            <Text size="sm" c="var(--nx-text2)">
              {draft.event ? t('agenda.form.missingTime') : t('agenda.form.missing')}
            </Text>
          )}
          {offline && (
            <Text size="sm" c="var(--nx-danger-fg)">
              {t('agenda.form.offline')}
            </Text>
          )}
          <Group justify="flex-end" className={styles['foot']}>
            <Button variant="default" onClick={onClose}>
              {t('agenda.form.dismiss')}
            </Button>
            {refused?.forcible && (
              <Button variant="default" onClick={() => submit(true)}>
                {draft.event ? t('agenda.moveAnyway') : t('agenda.bookAnyway')}
              </Button>
            )}
            <Button type="submit" loading={sending} disabled={!complete || offline}>
              {draft.event ? t('agenda.form.move') : t('agenda.form.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface Wanted {
  readonly seller: Seller;
  readonly leadId: number | null;
  readonly title: string;
  readonly start: Date;
  readonly end: Date;
  readonly force: boolean;
}

/** Sends the form; closes it where that is accepted. */
function useSend({ event }: Draft, onClose: () => void, asks: Asks) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const moving = useMove(asks);
  const cancelBooked = useCancel();
  const booking = useMutation({
    mutationFn: ({ seller, leadId, title, start, end, force }: Wanted) =>
      book({ seller_id: seller.id, starts_at: start.toISOString(), ends_at: end.toISOString(), lead_id: leadId, title, force }),
    onSuccess: (booked) => {
      show(cache, booked);
      const words = t('agenda.booked', { name: nameOf(booked, t), when: whenOf(booked, i18n.language) });
      toast(words, can(me, 'agenda.write') ? () => cancelBooked(booked) : undefined);
      onClose();
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: agendaKeys.free }),
  });
  const send = (wanted: Wanted) => {
    if (!event) {
      booking.mutate(wanted);
      return;
    }
    const { seller, start, end, force } = wanted;
    moving.mutate(
      { event, starts_at: start.toISOString(), ends_at: end.toISOString(), seller, force },
      { onSuccess: onClose },
    );
  };
  const used = event ? moving : booking;
  return { send, sending: used.isPending, error: used.error, forget: () => used.error && used.reset() };
}

function lengths(present: number): number[] {
  return [...new Set([...LENGTHS, present])].sort((a, b) => a - b);
}

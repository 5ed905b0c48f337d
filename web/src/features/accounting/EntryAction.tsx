/** Paying, refunding and reversing a line: none can be taken back, so each is asked for once more (UI §1.4). */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { money } from '@/lib/i18n/format';
import { amountOf } from './filters';
import { pay, record, reverse, type Line } from './queries';
import { refresh } from './refresh';
import { dayOf, momentOf, refusal } from './words';

export type Verb = 'pay' | 'refund' | 'reverse';

interface Props {
  readonly verb: Verb;
  readonly line: Line;
  readonly onClose: () => void;
}

export function EntryAction({ verb, line, onClose }: Props) {
  const { t, i18n } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const today = dayOf(new Date());
  const left = (Number(line.amount) - Number(line.refunded)).toFixed(2);
  const [token] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState('');
  const [day, setDay] = useState(today);
  const [amount, setAmount] = useState(left.replace(/\.00$/, ''));
  const parsed = amountOf(amount);
  const acting = useMutation({
    mutationFn: () => {
      if (verb === 'pay') return pay(line.id, momentOf(day, new Date()));
      if (verb === 'reverse') return reverse(line.id, reason.trim());
      const words = reason.trim() === '' ? {} : { description: reason.trim() };
      return record({ kind: 'refund', income_id: line.id, amount: parsed ?? '0', paid: true, client_token: token, ...words });
    },
    onSuccess: () => {
      refresh(cache);
      onClose();
      toast(t(`accounting.${verb}.done`));
    },
  });
  const good = verb === 'pay' ? day !== '' : verb === 'reverse' ? reason.trim() !== '' : parsed !== null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) acting.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t(`accounting.${verb}.title`)} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{t(`accounting.${verb}.means`, { amount: money(verb === 'refund' ? left : line.amount, line.currency, i18n.language) })}</Text>
          {verb === 'pay' && (
            <TextInput type="date" label={t('accounting.paidAt')} value={day} max={today} onChange={(event) => setDay(event.currentTarget.value)} data-autofocus />
          )}
          {verb === 'refund' && (
            <TextInput
              label={t('accounting.column.amount')}
              inputMode="decimal"
              leftSection={line.currency}
              leftSectionWidth={52}
              value={amount}
              error={amount !== '' && parsed === null && t('accounting.badAmount')}
              onChange={(event) => setAmount(event.currentTarget.value)}
              data-autofocus
            />
          )}
          {verb !== 'pay' && (
            <Textarea
              label={verb === 'reverse' ? t('accounting.reason') : t('accounting.description')}
              value={reason}
              maxLength={500}
              autosize
              minRows={2}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus={verb === 'reverse' ? true : undefined}
            />
          )}
          {acting.error && (
            <Text role="alert" c="var(--nx-danger-fg)">
              {refusal(acting.error, line.currency, t, i18n.language)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" color={verb === 'reverse' ? 'danger' : 'primary'} loading={acting.isPending} disabled={!good}>
              {t(`accounting.${verb}.act`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

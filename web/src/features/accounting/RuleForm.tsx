/** A new commission rule: whose, how much, from when until when. */
import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { useMe } from '@/lib/session/session';
import styles from './Accounting.module.css';
import { CURRENCIES } from './currencies';
import { amountOf } from './filters';
import { addRule, sellersQuery } from './queries';
import { refresh } from './refresh';
import { dayOf, refusal } from './words';

const MOST_PERCENT = 100;

export function RuleForm({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const own = useMe().tenant.currency;
  const sellers = useQuery(sellersQuery).data ?? [];
  const [seller, setSeller] = useState<string | null>(null);
  const [fixed, setFixed] = useState(false);
  const [figure, setFigure] = useState('');
  const [currency, setCurrency] = useState<string | null>(null);
  const [from, setFrom] = useState(dayOf(new Date()));
  const [until, setUntil] = useState('');
  const amount = amountOf(figure);
  const bad = figure !== '' && (amount === null || (!fixed && Number(amount) > MOST_PERCENT));
  const good = amount !== null && !bad && from !== '';
  const saving = useMutation({
    mutationFn: () =>
      addRule({
        ...(fixed ? { fixed: amount, currency: currency ?? own } : { percent: amount, currency }),
        seller_id: seller === null ? null : Number(seller),
        starts_on: from,
        ends_on: until === '' ? null : until,
      }),
    onSuccess: () => {
      refresh(cache);
      toast(t('accounting.rule.made'));
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('accounting.rule.new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Select
            label={t('accounting.column.seller')}
            placeholder={t('accounting.rule.everyone')}
            data={sellers.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={seller}
            onChange={setSeller}
            searchable
            clearable
          />
          <SegmentedControl
            aria-label={t('accounting.rule.terms')}
            data={[
              { value: 'percent', label: t('accounting.rule.percent') },
              { value: 'fixed', label: t('accounting.rule.fixed') },
            ]}
            value={fixed ? 'fixed' : 'percent'}
            onChange={(value) => setFixed(value === 'fixed')}
          />
          <div className={styles['pair']}>
            <TextInput
              data-autofocus
              label={fixed ? t('accounting.column.amount') : t('accounting.rule.percent')}
              inputMode="decimal"
              rightSection={fixed ? undefined : '%'}
              value={figure}
              error={bad && (fixed ? t('accounting.badAmount') : t('accounting.rule.badPercent'))}
              onChange={(event) => setFigure(event.currentTarget.value)}
            />
            <Select
              label={t('accounting.currency')}
              placeholder={fixed ? own : t('accounting.rule.anyCurrency')}
              data={[...new Set([own, ...CURRENCIES])]}
              value={currency}
              onChange={setCurrency}
              searchable
              clearable
            />
            <TextInput type="date" label={t('accounting.rule.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput type="date" label={t('accounting.rule.until')} value={until} min={from} onChange={(event) => setUntil(event.currentTarget.value)} />
          </div>
          {saving.error && (
            <Text role="alert" c="var(--nx-danger-fg)">
              {refusal(saving.error, currency ?? own, t, i18n.language)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {t('accounting.rule.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

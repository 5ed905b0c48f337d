/** A new line: what came in or went out. It cannot be edited afterwards, and says so. */
import { Button, Group, Modal, SegmentedControl, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { useMe } from '@/lib/session/session';
import styles from './Accounting.module.css';
import { CURRENCIES } from './currencies';
import { amountOf, METHODS, type Method } from './filters';
import { LeadPicker } from './LeadPicker';
import { addReceipt, record, sellersQuery } from './queries';
import { ReceiptField } from './ReceiptField';
import { refresh } from './refresh';
import { dayOf, momentOf, refusal } from './words';

const MADE = ['income', 'expense', 'commission'] as const;
type Made = (typeof MADE)[number];

export default function NewEntry({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const own = useMe().tenant.currency;
  const sellers = useQuery(sellersQuery).data ?? [];
  const today = dayOf(new Date());
  const [token] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<Made>('income');
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(own);
  const [day, setDay] = useState(today);
  const [method, setMethod] = useState<Method | null>(null);
  const [lead, setLead] = useState<number | null>(null);
  const [seller, setSeller] = useState<string | null>(null);
  const [category, setCategory] = useState('');
  const [description, setDescription] = useState('');
  const [waits, setWaits] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const parsed = amountOf(amount);
  const good = parsed !== null && day !== '' && (kind !== 'commission' || seller !== null);
  const saving = useMutation({
    mutationFn: async () => {
      const moment = momentOf(day, new Date());
      const written = await record({
        kind,
        amount: parsed ?? '0',
        currency,
        paid: kind !== 'income' || !waits,
        client_token: token,
        ...(moment && { occurred_at: moment }),
        ...(method && { method }),
        ...(lead !== null && kind === 'income' && { lead_id: lead }),
        ...(seller !== null && kind !== 'expense' && { seller_id: Number(seller) }),
        ...(category.trim() !== '' && { category: category.trim() }),
        ...(description.trim() !== '' && { description: description.trim() }),
      });
      // Sent again after a refused file, the line is the same one: its token says so.
      return file && written.receipt_id === null ? addReceipt(written.id, file) : written;
    },
    onSuccess: () => {
      refresh(cache);
      toast(t('accounting.recorded'));
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('accounting.new')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <SegmentedControl
            aria-label={t('accounting.column.kind')}
            data={MADE.map((value) => ({ value, label: t(`accounting.kind.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(MADE.find((each) => each === value) ?? 'income')}
          />
          <div className={styles['pair']}>
            <TextInput
              data-autofocus
              label={t('accounting.column.amount')}
              inputMode="decimal"
              value={amount}
              error={amount !== '' && parsed === null && t('accounting.badAmount')}
              onChange={(event) => setAmount(event.currentTarget.value)}
            />
            <Select label={t('accounting.currency')} data={[...new Set([own, ...CURRENCIES])]} value={currency} allowDeselect={false} searchable onChange={(value) => value && setCurrency(value)} />
            <TextInput type="date" label={t('accounting.column.when')} value={day} max={today} onChange={(event) => setDay(event.currentTarget.value)} />
            <Select
              label={t('accounting.column.method')}
              placeholder={t('accounting.notSaid')}
              data={METHODS.map((value) => ({ value, label: t(`accounting.method.${value}`) }))}
              value={method}
              onChange={(value) => setMethod(METHODS.find((each) => each === value) ?? null)}
              clearable
            />
            {kind === 'income' && <LeadPicker value={lead} onChange={setLead} />}
            {kind !== 'expense' && (
              <Select
                label={t('accounting.column.seller')}
                placeholder={kind === 'income' ? t('accounting.noSeller') : ''}
                data={sellers.map(({ id, name }) => ({ value: String(id), label: name }))}
                value={seller}
                onChange={setSeller}
                searchable
                clearable
              />
            )}
            <TextInput label={t('accounting.category')} placeholder={t(`accounting.categoryHint.${kind}`)} value={category} maxLength={60} onChange={(event) => setCategory(event.currentTarget.value)} />
            <ReceiptField file={file} onFile={setFile} />
          </div>
          <Textarea label={t('accounting.description')} value={description} maxLength={500} autosize minRows={1} maxRows={4} onChange={(event) => setDescription(event.currentTarget.value)} />
          {kind === 'income' && (
            <Switch label={t('accounting.waits')} description={t('accounting.waitsMeans')} checked={waits} onChange={(event) => setWaits(event.currentTarget.checked)} />
          )}
          <Text size="sm" c="var(--nx-text2)">
            {t('accounting.forGood')}
          </Text>
          {saving.error && (
            <Text role="alert" c="var(--nx-danger-fg)">
              {refusal(saving.error, currency, t, i18n.language)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {t('accounting.record')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

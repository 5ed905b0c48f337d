/** What a seller is to reach in a month; empty: no target. Revenue is in the company's currency, others that were set stay. */
import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useMe } from '@/lib/session/session';
import { performanceQuery, setTargets, type Seller, type Target } from './queries';

interface Props {
  readonly seller: Seller;
  readonly month: string;
  readonly targets: readonly Target[];
  readonly onDone: () => void;
}

export function TargetsForm({ seller, month, targets, onDone }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { currency } = useMe().tenant;
  const currencies = [...new Set([currency, ...targets.flatMap((one) => (one.measure === 'revenue' ? [one.currency] : []))])];
  const fields: readonly Pick<Target, 'measure' | 'currency'>[] = [
    { measure: 'meetings', currency: '' },
    { measure: 'won', currency: '' },
    ...currencies.map((one) => ({ measure: 'revenue' as const, currency: one })),
  ];
  const [amounts, setAmounts] = useState<readonly (number | '')[]>(() =>
    fields.map((field) => Number(targets.find((one) => one.measure === field.measure && one.currency === field.currency)?.amount ?? 0) || ''),
  );
  const saving = useMutation({
    mutationFn: (wanted: readonly Target[]) => setTargets(seller.id, `${month}-01`, wanted),
    onSuccess: (saved, wanted) => {
      cache.setQueryData(performanceQuery(seller.id, month).queryKey, saved);
      toast(t('sellers.results.targetsSaved', { name: seller.name }), wanted === targets ? undefined : () => saving.mutate(targets));
      onDone();
    },
    onError: toastProblem,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(fields.flatMap((field, index) => (amounts[index] ? [{ ...field, amount: String(amounts[index]) }] : [])));
      }}
    >
      <Stack gap="sm">
        {fields.map(({ measure, currency: unit }, index) => (
          <NumberInput
            key={`${measure} ${unit}`}
            label={measure === 'revenue' ? t('sellers.results.measure.revenue', { currency: unit }) : t(`sellers.results.measure.${measure}`)}
            value={amounts[index] ?? ''}
            min={0}
            max={999_999_999}
            decimalScale={measure === 'revenue' ? 2 : 0}
            allowNegative={false}
            thousandSeparator=" "
            hideControls
            onChange={(value) => setAmounts(amounts.map((one, place) => (place === index ? (typeof value === 'number' && value > 0 ? value : '') : one)))}
          />
        ))}
        <Group gap="sm">
          <Button type="submit" loading={saving.isPending}>
            {t('settings.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('settings.discard')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** An amount and its currency, which go together. */
import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CURRENCIES } from './amount';

interface Props {
  readonly amount: string;
  readonly currency: string;
  readonly onAmount: (amount: string) => void;
  readonly onCurrency: (currency: string) => void;
  readonly error: string | null;
  readonly readOnly?: boolean;
  /** The whole of it was left. */
  readonly onLeave?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

export function MoneyField(props: Props) {
  const { t } = useTranslation();
  const { amount, currency, readOnly = false } = props;
  const known: readonly string[] = CURRENCIES;
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) props.onLeave?.();
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" onBlur={leave}>
      <TextInput
        flex={1}
        label={t('leads.column.value')}
        inputMode="decimal"
        autoComplete="off"
        value={amount}
        placeholder={readOnly ? '' : t('leads.add')}
        readOnly={readOnly}
        error={props.error}
        onChange={(event) => props.onAmount(event.currentTarget.value)}
        onKeyDown={props.onKeyDown}
      />
      <NativeSelect
        w={96}
        aria-label={t('leads.currency')}
        disabled={readOnly}
        data={known.includes(currency) ? [...known] : [currency, ...known]}
        value={currency}
        onChange={(event) => props.onCurrency(event.currentTarget.value)}
      />
    </Group>
  );
}

/** What each currency comes to; every figure opens its lines (UI §1.7), and no currency is added to another. */
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Accounting.module.css';
import type { Filters } from './filters';
import type { Total } from './queries';
import { signed } from './words';

interface Props {
  readonly totals: readonly Total[];
  readonly onPick: (filters: Pick<Filters, 'kind' | 'state' | 'currency'>) => void;
}

const FIGURES = ['income', 'pending', 'refund', 'expense', 'commission'] as const;

export function Totals({ totals, onPick }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={styles['totals']} aria-label={t('accounting.totals')}>
      {totals.map((total) => {
        const { currency } = total;
        return (
          <li key={currency} className={styles['total']}>
            <UnstyledButton className={styles['net']} onClick={() => onPick({ currency })}>
              <span className={styles['label']}>{t('accounting.net', { currency })}</span>
              <strong>{signed(total.net, currency, i18n.language)}</strong>
            </UnstyledButton>
            {FIGURES.filter((name) => name === 'income' || Number(total[name]) !== 0).map((name) => (
              <UnstyledButton
                key={name}
                className={styles['figure']}
                onClick={() => onPick(name === 'pending' ? { currency, state: 'pending' } : { currency, kind: name })}
              >
                <span className={styles['label']}>{t(`accounting.figure.${name}`)}</span>
                <span data-waits={name === 'pending'}>{signed(total[name], currency, i18n.language)}</span>
              </UnstyledButton>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

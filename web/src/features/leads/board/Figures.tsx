/** How many, and what they are worth in each currency. */
import { useTranslation } from 'react-i18next';
import { whole, type Money } from '@/features/leads/summary';
import { money } from '@/lib/i18n/format';
import styles from './Board.module.css';

export function Figures({ leads, values }: { readonly leads: number; readonly values: readonly Money[] }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <span className={styles['count']} title={t('leads.count', { count: leads })}>
        {leads}
      </span>
      <span className={styles['sum']}>
        {values.map(({ value, currency }) => (
          <span key={currency}>{money(whole(value), currency, i18n.language)}</span>
        ))}
      </span>
    </>
  );
}

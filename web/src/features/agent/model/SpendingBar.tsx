/** What was spent today, of what may be, and this month. */
import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import styles from './Model.module.css';
import { spendingQuery } from './queries';

const ALMOST = 80;
const WHOLE = 100;

export function SpendingBar() {
  const { t, i18n } = useTranslation();
  const query = useQuery(spendingQuery);
  if (query.isPending) return <Waiting rows={1} height={64} />;
  if (query.isError && !query.data) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  const { today, month, day_cost_cap: costCap, day_token_cap: tokenCap } = query.data;
  const money = (value: string) =>
    `US$ ${new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(Number(value))}`;
  const tokens = (value: number) => t('model.tokens', { count: value, shown: new Intl.NumberFormat(i18n.language).format(value) });
  const shares = [
    costCap === null ? 0 : (Number(today.cost) / Number(costCap)) * WHOLE,
    tokenCap === null ? 0 : (today.tokens / tokenCap) * WHOLE,
  ];
  const share = Math.min(WHOLE, Math.max(...shares));
  const capped = costCap !== null || tokenCap !== null;
  const cap = [costCap === null ? '' : money(costCap), tokenCap === null ? '' : tokens(tokenCap)].filter(Boolean).join(' · ');
  return (
    <section aria-label={t('model.spent.title')} className={styles['spending']}>
      <dl className={styles['figures']}>
        <div>
          <dt>{t('model.spent.today')}</dt>
          <dd>{money(today.cost)}</dd>
          <dd className={styles['hint']}>{tokens(today.tokens)}</dd>
        </div>
        <div>
          <dt>{t('model.spent.month')}</dt>
          <dd>{money(month.cost)}</dd>
          <dd className={styles['hint']}>{tokens(month.tokens)}</dd>
        </div>
      </dl>
      {capped && (
        <>
          <Progress
            value={share}
            size="md"
            color={share >= WHOLE ? 'danger' : share >= ALMOST ? 'note' : 'agent'}
            aria-label={t('model.spent.share', { share: Math.round(share), cap })}
          />
          <Text size="sm" c="var(--nx-text2)">
            {t('model.spent.share', { share: Math.round(share), cap })}
          </Text>
        </>
      )}
      {!capped && (
        <Text size="sm" c="var(--nx-text2)">
          {t('model.spent.noCap')}
        </Text>
      )}
    </section>
  );
}

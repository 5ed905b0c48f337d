/** How many wait to be let in, at the place in the rail; nothing where nobody does. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './Team.module.css';
import { waitingQuery } from './queries';

export function PendingCount() {
  const { t } = useTranslation();
  const count = useQuery(waitingQuery).data ?? 0;
  if (count === 0) return null;
  return (
    <span className={styles['count']}>
      <span aria-hidden>{count}</span>
      <span className={styles['hidden']}>{t('peopleWaiting', { count })}</span>
    </span>
  );
}

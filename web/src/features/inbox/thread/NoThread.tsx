/** The middle while no conversation is open; a file of its own, so that a first visit fetches no more than it shows. */
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { useInbox } from '@/features/inbox/context';
import styles from '@/features/inbox/Inbox.module.css';

export function NoThread() {
  const { t } = useTranslation();
  const { rows } = useInbox();
  return (
    <section className={styles['pane']}>
      {rows.length > 0 && <Empty>{t('inbox.pick')}</Empty>}
    </section>
  );
}

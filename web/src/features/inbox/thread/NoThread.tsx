/** Where a thread would stand: none is open. Apart from the thread, whose code comes with the first one opened. */
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { useInbox } from '@/features/inbox/context';
import styles from '@/features/inbox/Inbox.module.css';

export function NoThread() {
  const { t } = useTranslation();
  const { rows } = useInbox();
  return <section className={styles['pane']}>{rows.length > 0 && <Empty>{t('inbox.pick')}</Empty>}</section>;
}

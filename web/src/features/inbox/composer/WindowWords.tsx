/** How long free answers may be sent: «ventana 21 h», warning in its last hour; shut, the box says what to do. */
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/time/useNow';
import { windowLeft, type Conversation } from '@/features/inbox/queries';
import styles from './Composer.module.css';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export function WindowWords({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const rest = windowLeft(conversation, useNow());
  const words =
    rest === 0
      ? t('inbox.windowShut')
      : rest < HOUR_MS
        ? t('inbox.windowMinutes', { minutes: Math.max(1, Math.floor(rest / MINUTE_MS)) })
        : t('inbox.window', { hours: Math.floor(rest / HOUR_MS) });
  return (
    <span className={styles['window']} data-low={rest < HOUR_MS} title={t('inbox.windowMeans')}>
      {words}
    </span>
  );
}

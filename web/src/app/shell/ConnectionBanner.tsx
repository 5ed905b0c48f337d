/** Silent when live; then «Reconectando…», then since when the data is (UI §3). */
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clock } from '@/lib/i18n/format';
import { connection, useConnection } from '@/lib/live/state';
import styles from './Shell.module.css';

export function ConnectionBanner() {
  const { t, i18n } = useTranslation();
  const state = useConnection();
  const at = clock(new Date(connection.freshAt).toISOString(), i18n.language);
  return (
    <div role="status" className={styles['connection']} data-state={state}>
      {state === 'reconnecting' && (
        <>
          <IconRefresh size={16} aria-hidden /> {t('connection.reconnecting')}
        </>
      )}
      {state === 'offline' && (
        <>
          <IconCloudOff size={16} aria-hidden /> {t('connection.offline', { at })}
        </>
      )}
    </div>
  );
}

/** One request: whose record it was by its number, who asked, and how far it is. */
import { IconCircleCheck, IconDownload, IconEraser, IconLoader } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import { isWaiting, type PrivacyRequest } from '@/lib/privacy/privacy';
import { useMemberName } from '@/lib/team/team';
import styles from './Privacy.module.css';

export function RequestLine({ request }: { readonly request: PrivacyRequest }) {
  const { t } = useTranslation();
  const asker = useMemberName(request.asked_by);
  const of = request.lead_id === null ? t('privacy.client', { id: request.client_id }) : t('privacy.lead', { id: request.lead_id });
  const messages = request.counts['messages'] ?? 0;
  const Kind = request.kind === 'erase' ? IconEraser : IconDownload;
  const State = isWaiting(request) ? IconLoader : IconCircleCheck;
  return (
    <li className={styles['line']}>
      <Kind size={20} aria-hidden className={styles['kind']} />
      <div className={styles['words']}>
        <span className={styles['name']}>
          {t(`privacy.kind.${request.kind}`)} · {of}
        </span>
        <span className={styles['text']}>
          {request.reason === 'retention' ? t('privacy.byRule') : (asker ?? t('privacy.somebody'))} · <Ago at={request.created_at} /> ·{' '}
          {t('privacy.count.messages', { count: messages })}
        </span>
      </div>
      <span className={styles['state']}>
        <State size={16} aria-hidden />
        {t(`privacy.state.${request.state}`)}
      </span>
    </li>
  );
}

/** What the screen found in a message; it unfolds its reasons. Nothing where it found nothing. */
import { IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import type { Message } from '@/features/inbox/queries';
import { reasonKey } from './verdicts';
import styles from './Thread.module.css';

export function VerdictBadge({ verdict }: Pick<Message, 'verdict'>) {
  const { t } = useTranslation();
  const action = verdict?.['action'];
  if (action !== 'caution' && action !== 'block') return null;
  const given = verdict?.['reasons'];
  const reasons = Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
  return (
    <details className={styles['verdict']}>
      <summary>
        <Badge meaning={action === 'block' ? 'danger' : 'note'} icon={<IconShieldExclamation size={12} aria-hidden />}>
          {t(`verdict.${action}`)}
        </Badge>
      </summary>
      <ul>
        {[...new Set(reasons.map(reasonKey))].map((reason) => (
          <li key={reason}>{t(`verdict.reason.${reason}`)}</li>
        ))}
      </ul>
      <p>{t(`verdict.means.${action}`)}</p>
    </details>
  );
}

/** What runs, waits for a person or failed; nothing where all is well (UI §1.1). */
import { IconHandStop, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { useNow } from '@/lib/time/useNow';
import { pauseLeft, turnOf, type Conversation } from '@/features/inbox/queries';
import styles from './List.module.css';

export function StateBadge({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const now = useNow();
  const turn = turnOf(conversation);
  if (conversation.needs_person) {
    return (
      <Badge meaning="inverse" icon={<IconHandStop size={12} aria-hidden />}>
        <span className={styles['loud']} title={t('inbox.person')}>
          {t('inbox.personShort')}
        </span>
      </Badge>
    );
  }
  if (turn === 'awaiting_approval') return <Badge meaning="inverse">{t('turn.awaitingShort')}</Badge>;
  if (turn === 'failed') return <Badge meaning="danger">{t('turn.failed')}</Badge>;
  if (turn) return <Badge meaning="agent">{t(`turn.${turn}`)}</Badge>;
  if (pauseLeft(conversation, now) > 0) {
    return (
      <Badge meaning="primary" icon={<IconPlayerPause size={12} aria-hidden />}>
        {t('inbox.manual')}
      </Badge>
    );
  }
  return null;
}

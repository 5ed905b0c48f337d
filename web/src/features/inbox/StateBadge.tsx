/** What runs, waits for a person or failed; nothing where all is well (UI §1.1). */
import { IconHandStop, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { useNow } from '@/lib/time/useNow';
import { paused, type Conversation, type TurnState } from './queries';

interface Props {
  readonly conversation: Conversation;
  readonly turn: TurnState | null;
}

export function StateBadge({ conversation, turn }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  if (conversation.needs_person) {
    return (
      <Badge meaning="inverse" icon={<IconHandStop size={12} aria-hidden />}>
        {t('inbox.person')}
      </Badge>
    );
  }
  if (turn === 'failed') return <Badge meaning="danger">{t('turn.failed')}</Badge>;
  if (turn === 'awaiting_approval') return <Badge meaning="inverse">{t('turn.awaiting_approval')}</Badge>;
  if (turn) return <Badge meaning="agent">{t(`turn.${turn}`)}</Badge>;
  if (paused(conversation, now)) {
    return (
      <Badge meaning="primary" icon={<IconPlayerPause size={12} aria-hidden />}>
        {t('inbox.manual')}
      </Badge>
    );
  }
  return null;
}

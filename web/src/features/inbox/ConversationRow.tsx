/** One conversation in two lines: who, when; what was said last, and what is going on. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import styles from './Inbox.module.css';
import { nameOf, turnQuery, type Conversation, type Filter } from './queries';
import { StateBadge } from './StateBadge';

interface Props {
  readonly conversation: Conversation;
  readonly filter: Filter;
  readonly selected: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, filter, selected }: Props) {
  const { t } = useTranslation();
  const turn = useQuery(turnQuery(conversation.id)).data ?? null;
  const outgoing = conversation.last_direction === 'out';
  return (
    <li>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: conversation.id }}
        search={{ filter }}
        className={styles['row']}
        data-selected={selected}
      >
        <span className={styles['rowLine']}>
          <span className={styles['rowName']}>{nameOf(conversation) ?? t('inbox.nobody')}</span>
          <span className={styles['meta']}>
            <Ago at={conversation.last_message_at} />
          </span>
        </span>
        <span className={styles['rowLine']}>
          <span className={styles['rowBody']}>
            {outgoing && <span aria-hidden>↩ </span>}
            {conversation.last_body ?? ''}
          </span>
          <StateBadge conversation={conversation} turn={turn} />
        </span>
      </Link>
    </li>
  );
});

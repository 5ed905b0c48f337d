/** One conversation in two lines: who, how interested, since when; what was said last and by whom, and what is going on. */
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { InterestMark } from '@/components/InterestMark';
import { Ago } from '@/components/Time';
import { useMe } from '@/lib/session/session';
import { useMemberName } from '@/lib/team/team';
import { attachmentOf } from '@/features/inbox/attachments';
import { nameOf, type Conversation } from '@/features/inbox/queries';
import { anywhere } from '@/features/inbox/search';
import { StateBadge } from './StateBadge';
import styles from './List.module.css';

interface Props {
  readonly conversation: Conversation;
  /** In a list by waiting time that time is shown, elsewhere when it moved last. */
  readonly byWait: boolean;
  readonly selected: boolean;
  /** Whether the list's one tab stop is here. */
  readonly stop: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, byWait, selected, stop }: Props) {
  const { t } = useTranslation();
  const unread = selected ? 0 : conversation.unread; // what is open is being read
  const waiting = conversation.needs_person ? conversation.waiting_since : null;
  const at = (byWait ? waiting : null) ?? waiting ?? conversation.last_message_at;
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: conversation.id }}
      search={anywhere}
      className={styles['row']}
      data-row={conversation.id}
      data-selected={selected}
      data-unread={unread > 0}
      {...(stop && { 'data-first': true })}
      tabIndex={stop ? 0 : -1}
      aria-current={selected ? 'true' : undefined}
    >
      <span className={styles['line']}>
        <span className={styles['name']}>
          <InterestMark interest={conversation.interest} score={conversation.score} />
          <span className={styles['nameText']}>{nameOf(conversation) ?? t('inbox.nobody')}</span>
        </span>
        <span className={styles['meta']} data-waiting={waiting !== null}>
          <Ago at={at} />
        </span>
      </span>
      <span className={styles['line']}>
        <span className={styles['body']}>
          <LastWords conversation={conversation} />
        </span>
        <span className={styles['states']}>
          <StateBadge conversation={conversation} />
          {unread > 0 && (
            <span className={styles['unread']} aria-label={t('inbox.unreadCount', { count: unread })}>
              {unread >= 100 ? '99+' : unread}
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

/** Who spoke last, and what they said: ◈ the agent, a colleague by name, ↩ from the phone. */
function LastWords({ conversation: row }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const me = useMe();
  const colleague = useMemberName(row.last_author_user_id)?.split(' ')[0];
  const kind = attachmentOf(row.last_type ?? 'text');
  const said = row.last_body !== null && row.last_body !== '' ? row.last_body : kind ? t(`attachment.${kind}`) : '';
  const person = row.last_author_user_id === me.user.id ? t('inbox.you') : colleague;
  return (
    <>
      {row.last_direction === 'note' && <b>{t('inbox.noteShort')} </b>}
      {row.last_author === 'agent' && (
        <span className={styles['agentMark']} role="img" aria-label={me.tenant.agent_name}>
          ◈{' '}
        </span>
      )}
      {row.last_author === 'person' && (person ? `${person}: ` : '↩ ')}
      {said}
    </>
  );
}

/** The middle: whose conversation, who answers, the thread, and what may be done. */
import { Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ShortcutButton } from '@/components/ShortcutButton';
import { clock, weekday } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { can, useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { useHandover } from './handover';
import styles from './Inbox.module.css';
import { conversationsQuery, nameOf, paused, windowLeft, type Conversation } from './queries';
import { StateBadge } from './StateBadge';
import { Thread } from './Thread';

export function ThreadPane() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversationId } = useParams({ from: '/shell/inbox/$conversationId' });
  const { filter } = useSearch({ from: '/shell/inbox' });
  const listed = rowsOf(useInfiniteQuery(conversationsQuery(filter)).data);
  const everywhere = rowsOf(useInfiniteQuery(conversationsQuery('all')).data);
  const conversation = [...listed, ...everywhere].find((row) => row.id === conversationId);
  useShortcut('Escape', t('keys.back'), () => void navigate({ to: '/inbox', search: { filter } }));
  return (
    <section className={styles['pane']} aria-label={t('inbox.conversation')}>
      <header className={styles['head']}>
        <Link to="/inbox" search={{ filter }} className={styles['back']} aria-label={t('inbox.backToList')}>
          <IconArrowLeft size={20} />
        </Link>
        {conversation && <Head conversation={conversation} />}
      </header>
      <Thread key={conversationId} id={conversationId} language={conversation?.language ?? null} />
      {conversation && <Foot conversation={conversation} />}
    </section>
  );
}

function Head({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const name = nameOf(conversation) ?? t('inbox.nobody');
  return (
    <>
      <h1 className={styles['headName']}>
        {conversation.lead_id === null ? (
          name
        ) : (
          <Link to="/leads/$leadId" params={{ leadId: conversation.lead_id }}>
            {name}
          </Link>
        )}
      </h1>
      <StateBadge conversation={conversation} turn={null} />
    </>
  );
}

function Foot({ conversation }: { readonly conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = useNow();
  const act = useHandover(conversation);
  const manual = paused(conversation, now);
  const hours = Math.floor(windowLeft(conversation.last_inbound_at, now) / 3_600_000);
  const until = conversation.agent_paused_until;
  const take = manual ? 'resume' : 'takeover';
  return (
    <footer className={styles['foot']}>
      <Text size="sm" c="var(--nx-text2)">
        {manual && until
          ? t('inbox.pausedUntil', { when: `${weekday(until, i18n.language)}, ${clock(until, i18n.language)}` })
          : t('inbox.agentAnswers')}
        {' · '}
        {hours > 0 ? t('inbox.window', { hours }) : t('inbox.windowShut')}
      </Text>
      {can(me, 'conversations.write') && (
        <ShortcutButton
          shortcut="t"
          label={manual ? t('inbox.return') : t('inbox.take')}
          onRun={() => act(take)}
          variant={manual ? 'default' : 'filled'}
        />
      )}
    </footer>
  );
}

export function NoThread() {
  const { t } = useTranslation();
  return (
    <section className={styles['pane']}>
      <Empty>{t('inbox.pick')}</Empty>
    </section>
  );
}

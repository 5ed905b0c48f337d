/** One conversation, live: it opens at the first unread, follows only at the end, and older ones load without a jump. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Spoken } from '@/components/Spoken';
import { Waiting } from '@/components/Waiting';
import { sameDay, weekday } from '@/lib/i18n/format';
import { useMe } from '@/lib/session/session';
import { unseen, usePending } from '@/features/inbox/composer/sending';
import { aroundQuery, inOrder, messagesQuery, turnOf, type Conversation, type Message } from '@/features/inbox/queries';
import { anywhere } from '@/features/inbox/search';
import { Bubble } from './Bubble';
import { DraftBubble } from './DraftBubble';
import { authorOf } from './kinds';
import { PendingBubble } from './PendingBubble';
import { useThreadScroll } from './scrolling';
import styles from './Thread.module.css';

export function Thread({ conversation }: { readonly conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { id } = conversation;
  const navigate = useNavigate();
  const { message: at } = useSearch({ from: '/shell/inbox' });
  const newest = useInfiniteQuery(messagesQuery(id));
  // A message beyond what is loaded has its surroundings read: the thread goes on from there both ways.
  const away = at !== undefined && newest.isSuccess && !newest.data.pages.some(({ items }) => items.some((one) => one.id === at));
  const around = useInfiniteQuery({ ...aroundQuery(id, at ?? 0), enabled: away });
  const far = away && !around.isError;
  const query = far ? around : newest;
  const { data } = query;
  const messages = useMemo(() => inOrder(data), [data]);
  const turn = far ? null : turnOf(conversation);
  const waiting = unseen(usePending(id), messages, me.user.id);
  const pending = far ? [] : waiting;
  const [readBefore] = useState(conversation.read_through_id ?? 0);
  // What is new is decided once, when the thread opens: what comes later is read as it comes.
  const [opened, setOpened] = useState<{ readonly newFrom: number | null } | null>(null);
  if (!opened && query.isSuccess) setOpened({ newFrom: messages.find((one) => isNew(one, readBefore))?.id ?? null });
  const older = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  const last = messages.at(-1)?.id ?? 0;
  const end = `${last} ${pending.map(({ key }) => key).join(' ')} ${turn ?? ''}`;
  const leave = () => void navigate({ to: '.', search: anywhere, replace: true });
  const newer = () => {
    if (around.hasPreviousPage && !around.isFetchingPreviousPage) void around.fetchPreviousPage();
    else if (!around.hasPreviousPage && around.isSuccess) leave();
  };
  const ready = opened !== null && query.isSuccess;
  const { box, content, behind, toEnd, onScroll } = useThreadScroll({
    conversation, first: messages[0]?.id ?? 0, sending: pending.length, end, ready, older, at: query.isSuccess ? at : undefined, ...(far && { newer }),
  });
  const tapped = useMemo(() => new Set(messages.flatMap(({ reply_id }) => reply_id ?? [])), [messages]);
  if (query.isPending) return <div className={styles['frame']}>{<Waiting height={56} />}</div>;
  if (query.isError && messages.length === 0) {
    return (
      <div className={styles['frame']}>
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      </div>
    );
  }
  return (
    <div className={styles['frame']}>
      <Spoken>{turn ? t(`turn.${turn}`) : ''}</Spoken>
      <div
        ref={box}
        className={styles['scroll']}
        onScroll={onScroll}
        role="log"
        aria-label={t('inbox.thread')}
        data-region="messages"
        tabIndex={0}
      >
        <div ref={content} className={styles['content']}>
          {query.hasNextPage && (
            <Button variant="subtle" size="compact-sm" loading={query.isFetchingNextPage} onClick={older}>
              {t('inbox.older')}
            </Button>
          )}
          {messages.length === 0 && <p className={styles['nothing']}>{t('inbox.noMessages')}</p>}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const newDay = !before || !sameDay(before.created_at, message.created_at);
            const fresh = message.id === opened?.newFrom;
            return (
              <Fragment key={message.id}>
                {newDay && <div className={styles['day']}>{weekday(message.created_at, i18n.language)}</div>}
                {fresh && (
                  <div className={styles['new']} data-new>
                    {t('inbox.newLine')}
                  </div>
                )}
                <Bubble
                  message={message}
                  language={conversation.language}
                  signed={newDay || fresh || authorOf(before) !== authorOf(message)}
                  tapped={tapped}
                  found={message.id === at}
                />
              </Fragment>
            );
          })}
          {pending.map((one) => (
            <PendingBubble key={one.key} conversation={id} pending={one} />
          ))}
          {turn === 'awaiting_approval' && <DraftBubble conversation={conversation} />}
          {turn && turn !== 'awaiting_approval' && (
            <div className={styles['turn']} aria-hidden>
              <Badge meaning={turn === 'failed' ? 'danger' : 'agent'} icon={<span>◈</span>}>
                {t(`turn.${turn}`)}
              </Badge>
            </div>
          )}
        </div>
      </div>
      {(behind || far) && (
        <Button className={styles['toEnd']} size="compact-sm" variant="default" onClick={far ? leave : toEnd}>
          {t('inbox.toEnd')}
        </Button>
      )}
    </div>
  );
}

function isNew(message: Message, readThrough: number): boolean {
  return message.direction === 'in' && message.status === 'received' && message.id > readThrough;
}

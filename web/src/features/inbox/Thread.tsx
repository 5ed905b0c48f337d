/** One conversation, live: it follows only at the end, and older messages load above without a jump. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { sameDay, weekday } from '@/lib/i18n/format';
import { Bubble, kindOf } from './Bubble';
import { inOrder, messagesQuery, turnQuery } from './queries';
import styles from './Thread.module.css';

const END_PX = 48;

export function Thread({ id, language }: { readonly id: number; readonly language: string | null }) {
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(messagesQuery(id));
  const turn = useQuery(turnQuery(id)).data ?? null;
  const messages = inOrder(query.data);
  const box = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, first: 0, height: 0 });
  const [behind, setBehind] = useState(false);
  const first = messages[0]?.id ?? 0;
  const last = messages.at(-1)?.id ?? 0;

  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { atEnd, first: wasFirst, height } = place.current;
    if (atEnd) element.scrollTop = element.scrollHeight;
    else if (first < wasFirst) element.scrollTop += element.scrollHeight - height;
    else setBehind(true);
    place.current = { ...place.current, first, height: element.scrollHeight };
  }, [first, last, turn]);

  const onScroll = (element: HTMLDivElement) => {
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    place.current = { ...place.current, atEnd, height: element.scrollHeight };
    if (atEnd) setBehind(false);
  };
  if (query.isPending) return <Waiting height={56} />;
  if (query.isError && messages.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className={styles['frame']}>
      <div
        ref={box}
        className={styles['scroll']}
        onScroll={(event) => onScroll(event.currentTarget)}
        role="log"
        aria-label={t('inbox.thread')}
        tabIndex={0}
      >
        {query.hasNextPage && (
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('inbox.older')}
          </Button>
        )}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || !sameDay(before.created_at, message.created_at);
          return (
            <Fragment key={message.id}>
              {newDay && <div className={styles['day']}>{weekday(message.created_at, i18n.language)}</div>}
              <Bubble
                message={message}
                language={message.direction === 'in' ? language : null}
                signed={newDay || kindOf(before) !== kindOf(message)}
              />
            </Fragment>
          );
        })}
        {turn && (
          <div className={styles['turn']} role="status">
            <Badge meaning={turn === 'failed' ? 'danger' : 'agent'} icon={<span aria-hidden>◈</span>}>
              {t(`turn.${turn}`)}
            </Badge>
          </div>
        )}
      </div>
      {behind && (
        <Button className={styles['toEnd']} size="compact-sm" onClick={toEnd}>
          {t('inbox.toEnd')}
        </Button>
      )}
    </div>
  );
}

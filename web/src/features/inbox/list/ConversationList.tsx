/** The inbox's left side: filters, conversations, and the news that wait for the hand to leave. */
import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { withWords } from '@/lib/i18n';
import { useMe } from '@/lib/session/session';
import type { Conversation } from '@/features/inbox/queries';
import type { Wanted } from '@/features/inbox/search';
import type { HeldList } from '@/lib/query/held';
import { ListHead } from './ListHead';
import { ListRows } from './ListRows';
import styles from './List.module.css';

interface Props {
  readonly list: UseInfiniteQueryResult;
  readonly held: HeldList<Conversation>;
  readonly wanted: Wanted;
  readonly open: number | undefined;
  /** The message at which it is opened. */
  readonly message: number | undefined;
}

const MessageHits = lazy(() => withWords(import('./MessageHits')));
const FEWEST_LETTERS = 2;

export function ConversationList({ list, held, wanted, open, message }: Props) {
  const { t } = useTranslation();
  const { rows, news, release, handlers } = held;
  const q = wanted.q.trim();
  const searches = q.length >= FEWEST_LETTERS;
  return (
    <section className={styles['list']} data-region="list" data-searches={searches} aria-label={t('inbox.list')} {...handlers}>
      <ListHead wanted={wanted} />
      {list.isPending && <Waiting height={64} />}
      {list.isError && rows.length === 0 && <ErrorBox error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <NothingHere wanted={wanted} />}
      <ListRows
        rows={rows}
        wanted={wanted}
        open={open}
        more={list.hasNextPage}
        onEnd={() => {
          if (!list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage();
        }}
      />
      {list.isFetchNextPageError && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {searches && (
        <Suspense>
          <MessageHits q={q} message={message} />
        </Suspense>
      )}
      {news > 0 && (
        <Button className={styles['news']} size="compact-sm" variant="default" onClick={release}>
          {t('inbox.news', { count: news })}
        </Button>
      )}
    </section>
  );
}

function NothingHere({ wanted }: { readonly wanted: Wanted }) {
  const { t } = useTranslation();
  const { tenant } = useMe();
  if (wanted.q.trim() !== '') return <p className={styles['none']}>{t('inbox.empty.search', { q: wanted.q.trim() })}</p>;
  if (wanted.closed) return <Empty>{t('inbox.empty.closed')}</Empty>;
  if (wanted.filter === 'human') return <Empty>{t('inbox.empty.human', { agent: tenant.agent_name })}</Empty>;
  return <Empty>{t(`inbox.empty.${wanted.filter}`)}</Empty>;
}

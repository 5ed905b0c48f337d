/** The inbox's left side: filters, conversations, and the news that wait for the hand to leave. */
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { ConversationRow } from './ConversationRow';
import { useHeld } from '@/lib/query/held';
import styles from './Inbox.module.css';
import { conversationsQuery, sorted } from './queries';

export function ConversationList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { filter } = useSearch({ from: '/shell/inbox' });
  const params = useParams({ strict: false });
  const open = params.conversationId;
  const list = useInfiniteQuery(conversationsQuery(filter));
  const { rows, news, release, handlers } = useHeld(sorted(rowsOf(list.data), filter), filter);
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === open);
    const next = rows[at < 0 ? 0 : at + by];
    if (next) void navigate({ to: '/inbox/$conversationId', params: { conversationId: next.id }, search: { filter } });
  };
  useShortcut('j', t('keys.next'), () => step(1));
  useShortcut('k', t('keys.previous'), () => step(-1));
  const setFilter = (value: string) =>
    void navigate({ to: '.', search: { filter: value }, replace: true });
  return (
    <section className={styles['list']} aria-label={t('inbox.list')} {...handlers}>
      <div className={styles['tabs']}>
        <SegmentedControl
          fullWidth
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'human', label: t('inbox.filter.human') },
            { value: 'all', label: t('inbox.filter.all') },
          ]}
        />
      </div>
      {news > 0 && (
        <Button className={styles['news']} size="compact-sm" variant="light" onClick={release}>
          {t('inbox.news', { count: news })}
        </Button>
      )}
      {list.isPending && <Waiting height={64} />}
      {list.isError && <ErrorBox error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Empty>{filter === 'human' ? t('inbox.emptyHuman') : t('inbox.emptyAll')}</Empty>
      )}
      <ul className={styles['rows']}>
        {rows.map((row) => (
          <ConversationRow key={row.id} conversation={row} filter={filter} selected={row.id === open} />
        ))}
        {list.hasNextPage && (
          <li>
            <Button fullWidth variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

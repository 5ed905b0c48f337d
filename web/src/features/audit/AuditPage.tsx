/** Auditoría: who did and saw what, whether that can be trusted, and what is new, which never moves what one reads. */
import { Button, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { panelStep, useClosePanel } from '@/lib/history/panel';
import { rowsOf } from '@/lib/query/pages';
import styles from './Audit.module.css';
import { AuditTable } from './AuditTable';
import { ChainLine } from './ChainLine';
import { FilterBar } from './FilterBar';
import { isFiltered, queryOf, type Filters } from './filters';
import { auditKeys, chainQuery, linesQuery, MOST_NEWS, newsQuery, type AuditLine } from './queries';

const AuditDetail = lazy(() => import('./AuditDetail'));

export function AuditPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { line: openId, ...filters } = useSearch({ from: '/shell/audit' });
  const asked = queryOf(filters);
  const query = useInfiniteQuery(linesQuery(asked));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const opened = rows.find(({ id }) => id === openId);
  const filter = (search: Filters) => void navigate({ to: '/audit', search, replace: true });
  const open = (line: AuditLine) =>
    void navigate({ to: '/audit', search: { ...filters, line: line.id }, ...panelStep(opened !== undefined) });
  const close = useClosePanel(() => filter(filters));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const renew = () => {
    void cache.resetQueries({ queryKey: auditKeys.lines });
    void cache.invalidateQueries({ queryKey: chainQuery.queryKey });
  };
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['headLine']}>
          <Title order={1}>{t('place.audit')}</Title>
          <ChainLine />
        </div>
        <FilterBar filters={filters} onFilters={filter} />
      </header>
      {query.isPending && <Waiting rows={14} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          action={
            isFiltered(filters) && (
              <Button variant="default" onClick={() => filter({})}>
                {t('audit.clear')}
              </Button>
            )
          }
        >
          {isFiltered(filters) ? t('audit.emptyFiltered') : t('audit.empty')}
        </Empty>
      )}
      {query.isSuccess && (
        <div className={styles['body']}>
          <News key={rows[0]?.id ?? 0} asked={asked} after={rows[0]?.id ?? 0} onRenew={renew} />
          {rows.length > 0 && (
            <AuditTable
              key={JSON.stringify(asked)}
              rows={rows}
              more={hasNextPage}
              failed={query.isFetchNextPageError}
              onEnd={onEnd}
              openId={openId}
              onOpen={open}
            />
          )}
        </div>
      )}
      <Suspense>{opened && <AuditDetail line={opened} onClose={close} />}</Suspense>
    </div>
  );
}

interface NewsProps {
  readonly asked: Parameters<typeof newsQuery>[0];
  readonly after: number;
  readonly onRenew: () => void;
}

function News({ asked, after, onRenew }: NewsProps) {
  const { t } = useTranslation();
  const count = useQuery(newsQuery(asked, after)).data ?? 0;
  return (
    <div className={styles['news']} role="status">
      {count > 0 && (
        <Button size="compact-sm" variant="light" onClick={onRenew}>
          {count >= MOST_NEWS ? t('audit.newsMany', { count }) : t('audit.news', { count })}
        </Button>
      )}
    </div>
  );
}

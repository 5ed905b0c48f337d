/** The ledger with its sums and filters; new lines are offered, not pushed in. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { panelStep, useClosePanel } from '@/lib/history/panel';
import { rowsOf } from '@/lib/query/pages';
import styles from './Accounting.module.css';
import { FilterBar } from './FilterBar';
import { EVERY_MONTH, isFiltered, queryOf, type Filters } from './filters';
import { accountingKeys } from './keys';
import { Ledger } from './Ledger';
import { linesQuery, newsQuery, totalsQuery, type Line } from './queries';
import { Totals } from './Totals';

const EntryDrawer = lazy(() => import('./EntryDrawer'));

interface Props {
  readonly filters: Filters;
  readonly openId: number | undefined;
  readonly writable: boolean;
  readonly onNew: () => void;
}

export function LedgerTab({ filters, openId, writable, onNew }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const asked = queryOf(filters, new Date());
  const query = useInfiniteQuery(linesQuery(asked));
  const totals = useQuery(totalsQuery(asked, 'currency'));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const newest = useMemo(() => rows.reduce((most, { id }) => Math.max(most, id), 0), [rows]);
  const news = useQuery(newsQuery).data;
  const filter = (search: Filters) => void navigate({ to: '/accounting', search, replace: true });
  const open = (line: Line) =>
    void navigate({ to: '/accounting', search: { ...filters, line: line.id }, ...panelStep(openId !== undefined) });
  const close = useClosePanel(() => filter(filters));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const renew = () => {
    cache.setQueryData(accountingKeys.news, 0);
    void cache.resetQueries({ queryKey: accountingKeys.lines });
  };
  const bare = query.isSuccess && rows.length === 0;
  return (
    <>
      <div className={styles['tools']}>
        {totals.data && totals.data.length > 0 && <Totals totals={totals.data} onPick={(picked) => filter({ ...filters, ...picked })} />}
        <FilterBar filters={filters} asked={asked} onFilters={filter} />
      </div>
      {query.isPending && <Waiting rows={10} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && (
        <div className={styles['body']}>
          <div className={styles['news']} role="status">
            {news > newest && (
              <Button size="compact-sm" variant="light" onClick={renew}>
                {t('accounting.news')}
              </Button>
            )}
          </div>
          {bare && <Nothing filters={filters} writable={writable} onNew={onNew} onFilters={filter} />}
          {rows.length > 0 && (
            <Ledger
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
      <Suspense>{openId !== undefined && <EntryDrawer id={openId} writable={writable} onClose={close} onOpen={open} />}</Suspense>
    </>
  );
}

interface NothingProps {
  readonly filters: Filters;
  readonly writable: boolean;
  readonly onNew: () => void;
  readonly onFilters: (filters: Filters) => void;
}

/** The first line of all is taught; what filters and months hide is said, with the way back. */
function Nothing({ filters, writable, onNew, onFilters }: NothingProps) {
  const { t } = useTranslation();
  if (isFiltered(filters)) {
    return (
      <Empty action={<Button variant="default" onClick={() => onFilters(filters.month ? { month: filters.month } : {})}>{t('accounting.clear')}</Button>}>
        {t('accounting.emptyFiltered')}
      </Empty>
    );
  }
  return (
    <Empty
      action={
        <>
          {writable && <Button variant="default" onClick={onNew}>{t('accounting.new')}</Button>}
          {filters.month !== EVERY_MONTH && (
            <Button variant="subtle" onClick={() => onFilters({ month: EVERY_MONTH })}>
              {t('accounting.everyMonth')}
            </Button>
          )}
        </>
      }
    >
      {t('accounting.empty')}
    </Empty>
  );
}

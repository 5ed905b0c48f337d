/** Leads: everybody who may buy, in a table that stays smooth with ten thousand rows; chosen ones change at once. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { panelStep, useClosePanel } from '@/lib/history/panel';
import { useShortcut } from '@/lib/keys/keys';
import { useHeld } from '@/lib/query/held';
import { rowsOf } from '@/lib/query/pages';
import { can, useMe } from '@/lib/session/session';
import { BulkBar } from './BulkBar';
import { isFiltered, queryOf, type Filters } from './filters';
import styles from './Leads.module.css';
import { LeadTable } from './LeadTable';
import { ListHead } from './ListHead';
import { leadsQuery, summaryQuery, type Lead } from './queries';
import { NONE, ranged, toggled, type Selection } from './selection';
import { countOf } from './summary';

const LeadPanel = lazy(async () => ({ default: (await import('./LeadPanel')).LeadPanel }));

export function LeadsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { lead: openId, ...filters } = useSearch({ from: '/shell/leads' });
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const asked = queryOf(filters, me.user.id);
  const query = useInfiniteQuery(leadsQuery(asked));
  const summary = useQuery({ ...summaryQuery(asked), enabled: can(me, 'pipeline.read') }).data;
  const { rows, news, release, handlers } = useHeld(
    useMemo(() => rowsOf(query.data), [query.data]),
    JSON.stringify(asked),
  );
  const [selection, setSelection] = useState<Selection>(NONE);
  const last = useRef(0);
  const chosen = selection.size > 0 ? rows.filter(({ id }) => selection.has(id)) : [];
  const opened = wide ? rows.find(({ id }) => id === openId) : undefined;

  const filter = (wanted: Filters) => {
    setSelection(NONE);
    void navigate({ to: '/leads', search: wanted, replace: true });
  };
  const panel = (lead: Lead) =>
    void navigate({ to: '/leads', search: { ...filters, lead: lead.id }, ...panelStep(opened !== undefined) });
  const close = useClosePanel(() => void navigate({ to: '/leads', search: filters, replace: true }));
  const open = (lead: Lead) => {
    if (wide) panel(lead);
    else void navigate({ to: '/leads/$leadId', params: { leadId: lead.id }, search: filters });
  };
  const toggle = (index: number, range: boolean) => {
    const lead = rows[index];
    if (!lead) return;
    const ids = rows.map(({ id }) => id);
    setSelection(range ? ranged(selection, ids, last.current, index) : toggled(selection, lead.id));
    last.current = index;
  };
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const all = () => setSelection(new Set(rows.map(({ id }) => id)));
  const none = () => setSelection(NONE);
  useShortcut('Escape', t('leads.chooseNone'), none, selection.size > 0 && !opened);

  return (
    <div className={styles['page']}>
      <ListHead
        place="leads"
        filters={filters}
        onFilters={filter}
        figure={summary && t('leads.count', { count: countOf(summary, filters.stage) })}
      />
      {query.isPending && <Waiting rows={14} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          action={
            isFiltered(filters) ? (
              <Button variant="default" onClick={() => filter({})}>
                {t('leads.clear')}
              </Button>
            ) : (
              can(me, 'leads.import') && (
                <Button variant="default" renderRoot={(props) => <Link {...props} to="/imports" />}>
                  {t('leads.files.csv')}
                </Button>
              )
            )
          }
        >
          {isFiltered(filters) ? t('leads.emptyFiltered') : t('leads.empty')}
        </Empty>
      )}
      {rows.length > 0 && (
        <div className={styles['body']} data-panel={opened !== undefined}>
          <div className={styles['main']} {...handlers}>
            {news > 0 && (
              <Button className={styles['news'] ?? ''} size="compact-sm" variant="light" onClick={release}>
                {t('leads.news', { count: news })}
              </Button>
            )}
            <LeadTable
              rows={rows}
              more={hasNextPage}
              failed={query.isFetchNextPageError}
              onEnd={onEnd}
              selection={selection}
              onToggle={toggle}
              onToggleAll={selection.size >= rows.length ? none : all}
              openId={opened?.id}
              onOpen={open}
              onFollow={panel}
            />
            {chosen.length > 0 && can(me, 'leads.write') && (
              <BulkBar chosen={chosen} loaded={rows.length} onAll={all} onNone={none} />
            )}
          </div>
          {opened && (
            <Suspense>
              <LeadPanel key={opened.id} lead={opened} filters={filters} onClose={close} />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
}

/** Duplicates: who may be the same person and why; one merges them, or says that they are two. */
import { Button, Tabs, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { notify, toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { rowsOf } from '@/lib/query/pages';
import { useTeam } from '@/lib/team/team';
import styles from './Duplicates.module.css';
import {
  dismiss,
  duplicateKeys,
  lookAgain,
  mergesQuery,
  pairsQuery,
  reopen,
  type ListedMerge,
  type Pair,
} from './queries';
import { useUndoMerge } from './useUndoMerge';

const MergeDialog = lazy(() => import('./MergeDialog'));
const TABS = ['open', 'dismissed', 'merges'] as const;

export function DuplicatesPage() {
  const { t } = useTranslation();
  const again = () =>
    lookAgain().then(
      () => notify(t('duplicates.looking')),
      (error: unknown) => toastProblem(error),
    );
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Title order={1}>{t('duplicates.title')}</Title>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => void again()}>
          {t('duplicates.look')}
        </Button>
      </header>
      <Tabs defaultValue="open" keepMounted={false} className={styles['tabs'] ?? ''}>
        <Tabs.List>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`duplicates.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {(['open', 'dismissed'] as const).map((state) => (
          <Tabs.Panel key={state} value={state} className={styles['tab'] ?? ''}>
            <Pairs state={state} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="merges" className={styles['tab'] ?? ''}>
          <Merges />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Pairs({ state }: { readonly state: Pair['state'] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useInfiniteQuery(pairsQuery(state));
  const [merging, setMerging] = useState<Pair | null>(null);
  const rows = rowsOf(query.data);
  const renew = () => cache.invalidateQueries({ queryKey: duplicateKeys.pairs });
  const decide = (pair: Pair, action: typeof dismiss) =>
    action(pair.id).then(renew, (error: unknown) => toastProblem(error));
  const apart = (pair: Pair) =>
    void decide(pair, dismiss).then(() => toast(t('duplicates.apart'), () => void decide(pair, reopen)));
  if (query.isPending) return <Waiting rows={6} />;
  if (query.isError && rows.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty>{state === 'open' ? t('duplicates.empty') : t('duplicates.emptyDismissed')}</Empty>;
  return (
    <>
      <ul className={styles['pairs']}>
        {rows.map((pair) => (
          <li key={pair.id} className={styles['pair']}>
            <Person person={pair.low} />
            <Person person={pair.high} />
            <div className={styles['why']}>
              <span className={styles['score']}>{t('duplicates.score', { score: pair.score })}</span>
              {pair.reasons.map((reason) => (
                <Badge key={reason} meaning="muted">
                  {t(`duplicates.reason.${reason}`)}
                </Badge>
              ))}
            </div>
            <div className={styles['deeds']}>
              {state === 'open' ? (
                <>
                  <Button variant="light" onClick={() => setMerging(pair)}>
                    {t('duplicates.merge')}
                  </Button>
                  <Button variant="default" onClick={() => apart(pair)}>
                    {t('duplicates.dismiss')}
                  </Button>
                </>
              ) : (
                <Button variant="default" onClick={() => void decide(pair, reopen)}>
                  {t('duplicates.reopen')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="subtle" m="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('leads.timeline.older')}
        </Button>
      )}
      <Suspense>{merging && <MergeDialog pair={merging} onClose={() => setMerging(null)} />}</Suspense>
    </>
  );
}

function Person({ person }: { readonly person: Pair['low'] }) {
  const { t } = useTranslation();
  return (
    <div className={styles['person']}>
      <Link to="/leads/$leadId" params={{ leadId: person.id }} search={{}}>
        {person.full_name ?? person.phone_shown ?? person.email ?? t('leads.nameless')}
      </Link>
      <span>{[person.company, person.phone_shown, person.email].filter(Boolean).join(' · ')}</span>
      <span className={styles['since']}>
        {t('duplicates.since')} <Ago at={person.created_at} />
      </span>
    </div>
  );
}

function Merges() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(mergesQuery);
  const team = useTeam();
  const undoMerge = useUndoMerge();
  const rows = rowsOf(query.data);
  if (query.isPending) return <Waiting rows={4} />;
  if (query.isError && rows.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty>{t('duplicates.emptyMerges')}</Empty>;
  const by = (merge: ListedMerge) => team.find(({ id }) => id === merge.made_by)?.name ?? t('leads.told.somebody');
  return (
    <ul className={styles['pairs']}>
      {rows.map((merge) => (
        <li key={merge.id} className={styles['pair']}>
          <div className={styles['person']}>
            <Link to="/leads/$leadId" params={{ leadId: merge.survivor_id }} search={{}}>
              {merge.full_name ?? t('leads.nameless')}
            </Link>
            <span>{t('duplicates.merged', { count: merge.absorbed.length, moved: merge.moved })}</span>
            <span className={styles['since']}>
              {by(merge)} · <Ago at={merge.made_at} />
            </span>
          </div>
          <div className={styles['deeds']}>
            <Button variant="default" onClick={() => undoMerge(merge.id)}>
              {t('undo')}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

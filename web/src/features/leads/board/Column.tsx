/** One stage: what it holds in figures, and its cards, fifty a page, of which only those in sight are drawn. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import type { Filters } from '@/features/leads/filters';
import { leadsQuery, type Lead, type LeadQuery } from '@/features/leads/queries';
import type { Money } from '@/features/leads/summary';
import { isClosed, stageName, type Stage } from '@/lib/pipeline/stages';
import { rowsOf } from '@/lib/query/pages';
import styles from './Board.module.css';
import { Card } from './Card';
import { Figures } from './Figures';
import type { Held } from './shared';

interface Props {
  readonly stage: string;
  readonly stages: readonly Stage[];
  readonly asked: LeadQuery;
  readonly filters: Filters;
  readonly meetings: ReadonlyMap<number, string>;
  readonly figures: { readonly leads: number; readonly values: readonly Money[] };
  readonly held: Held | null;
  readonly over: boolean;
  readonly hint: string;
  readonly writable: boolean;
  readonly onKey: (event: KeyboardEvent, lead: Lead) => void;
  readonly onLeave: () => void;
  readonly onMove: (leads: readonly Lead[], stage: string) => void;
}

const CARD = 96;
const PAGE = 50;
const AHEAD = 15;

export function Column(props: Props) {
  const { stage, stages, asked, held } = props;
  const { t } = useTranslation();
  const column = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const query = useInfiniteQuery(leadsQuery({ ...asked, stage }, PAGE));
  const fresh = useMemo(() => rowsOf(query.data), [query.data]);
  const rows = useStill(fresh, held !== null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => CARD,
    overscan: 4,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) =>
        [...new Set([Math.min(focused, range.count - 1), ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
      [focused],
    ),
  });
  const shown = virtual.getVirtualItems();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const near = (shown.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  useEffect(() => {
    const element = column.current;
    return element ? dropTargetForElements({ element, getData: () => ({ stage }) }) : undefined;
  }, [stage]);
  const goTo = (index: number) => {
    const lead = rows[index];
    if (!lead) return;
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-card="${lead.id}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent, lead: Lead, index: number) => {
    const by = held ? 0 : event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) {
      props.onKey(event, lead);
      return;
    }
    event.preventDefault();
    goTo(index + by);
  };
  const name = stageName(stage, stages, t);
  const shut = held !== null && isClosed(stages, held.lead.stage_key, stage);
  return (
    <section ref={column} className={styles['column']} aria-label={name} data-stage={stage} data-over={props.over && !shut} data-shut={shut}>
      <header className={styles['columnHead']}>
        <h2>{name}</h2>
        <Figures {...props.figures} />
        {shut && <p className={styles['shut']}>{t('leads.board.closed', { from: stageName(held.lead.stage_key, stages, t), to: name })}</p>}
      </header>
      <div ref={box} className={styles['cards']}>
        {query.isPending && <Waiting rows={3} height={88} />}
        {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        <ul style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const lead = rows[index];
            return (
              lead && (
                <Card
                  key={lead.id}
                  lead={lead}
                  place={{ index, start, of: hasNextPage ? -1 : rows.length }}
                  stages={stages}
                  filters={props.filters}
                  hint={props.hint}
                  writable={props.writable}
                  lifted={held?.lead.id === lead.id}
                  meeting={props.meetings.get(lead.id)}
                  onFocus={() => setFocused(index)}
                  onKey={(event) => onKey(event, lead, index)}
                  onLeave={props.onLeave}
                  onMove={props.onMove}
                />
              )
            );
          })}
        </ul>
        {isFetchNextPageError && (
          <Button variant="subtle" fullWidth onClick={() => void fetchNextPage()}>
            {t('retry')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Nothing moves under the hand: while a card is held, the rows stay as they were. */
function useStill(fresh: readonly Lead[], holding: boolean): readonly Lead[] {
  const [still, setStill] = useState(fresh);
  if (!holding && still !== fresh) setStill(fresh);
  return holding ? still : fresh;
}

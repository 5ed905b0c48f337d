/** What a figure counts, row by row; each leads to the person, or to the talk with them. */
import { Button, Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { clock, day, exact } from '@/lib/i18n/format';
import { sourceName } from '@/lib/leads/source';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { rowsOf } from '@/lib/query/pages';
import styles from './Home.module.css';
import { rowsQuery, type Row } from './queries';
import type { FigureName, Part } from './search';
import { detailWords, worthWords } from './words';

interface Props {
  readonly figure: FigureName;
  readonly part: Part;
  readonly days: { readonly first?: string; readonly last?: string };
  readonly onClose: () => void;
}

export function RowsDrawer({ figure, part, days, onClose }: Props) {
  const { t } = useTranslation();
  const stages = useStages();
  const { stage, source, reason, seller, currency } = part;
  const asked = {
    ...(stage !== undefined && { stage }), ...(source !== undefined && { source }), ...(reason !== undefined && { reason }),
    ...(seller !== undefined && { seller }), ...(currency !== undefined && { currency }),
  };
  const query = useInfiniteQuery(rowsQuery(figure, days, asked));
  const rows = rowsOf(query.data);
  const narrowed = [
    stage !== undefined && stageName(stage, stages, t), source !== undefined && sourceName(source, t),
    reason !== undefined && (reason || t('home.noReason')), currency,
  ].filter(Boolean);
  const title = [t(`home.rows.${figure}`), ...narrowed].join(' · ');
  return (
    <Drawer opened onClose={onClose} position="right" size="min(560px, 100%)" title={title} closeButtonProps={{ 'aria-label': t('close'), size: 44 }}>
      {query.isPending && <Waiting rows={8} height={48} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <Empty>{t('home.noRows')}</Empty>}
      <ul className={styles['rows']}>
        {rows.map((row) => (
          <RowLine key={row.id} figure={figure} row={row} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('home.moreRows')}
        </Button>
      )}
    </Drawer>
  );
}

function RowLine({ figure, row }: { readonly figure: FigureName; readonly row: Row }) {
  const { t, i18n } = useTranslation();
  const stages = useStages();
  const name = row.name ?? t('home.nameless');
  const { language } = i18n;
  return (
    <li>
      <div>
        {row.lead_id !== null ? (
          <Link to="/leads/$leadId" params={{ leadId: row.lead_id }}>
            {name}
          </Link>
        ) : row.conversation_id !== null ? (
          <Link to="/inbox/$conversationId" params={{ conversationId: row.conversation_id }}>
            {name}
          </Link>
        ) : (
          name
        )}
        <p className={styles['note']}>{[detailWords(figure, row, stages, t), row.seller].filter(Boolean).join(' · ')}</p>
      </div>
      <div className={styles['worth']}>
        <span>{worthWords(row, language)}</span>
        <time dateTime={row.at} title={exact(row.at, language)} className={styles['note']}>
          {day(row.at, language)}, {clock(row.at, language)}
        </time>
      </div>
    </li>
  );
}

/** Rows that need somebody's eye: not taken in, with every reason, or not undone, with the lead that was worked on. */
import { Anchor, Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { rowsOf } from '@/lib/query/pages';
import styles from './Imports.module.css';
import { rowsAddress, rowsQuery, type ImportRow, type Which, type WholeImport } from './queries';

interface Props {
  readonly one: WholeImport;
  readonly which: Which;
  readonly title: string;
}

export function RowList({ one, which, title }: Props) {
  const { id } = one;
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(rowsQuery(id, which));
  const rows = rowsOf(query.data);
  return (
    <section aria-label={title} className={styles['rows']}>
      <div className={styles['headLine']}>
        <Text fw={600} component="h2">
          {title}
        </Text>
        {which === 'refused' && (
          <Button
            component="a"
            href={rowsAddress(id, i18n.language)}
            download
            variant="default"
            size="compact-md"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t('imports.download')}
          </Button>
        )}
      </div>
      {query.isPending && <Waiting rows={4} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      <ul>
        {rows.map((row) => (
          <li key={row.number}>
            <span className={styles['rowNumber']}>{t('imports.row', { number: row.number })}</span>
            <span className={styles['why']}>
              {which === 'refused' ? row.problems.map((problem) => wordsOf(problem, one, t)).join('; ') : t(`imports.undone.${row.undone ?? 'kept'}`)}
            </span>
            {row.cells && <span className={styles['cells']}>{row.cells.filter(Boolean).join(' · ')}</span>}
            {which === 'kept' && row.lead_id !== null && (
              <Anchor component={Link} to={`/leads/${row.lead_id}`} size="sm">
                {row.lead_name ?? t('imports.openLead')}
              </Anchor>
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('imports.more')}
        </Button>
      )}
    </section>
  );
}

const OF_A_COLUMN: ReadonlySet<string> = new Set(['too_long', 'bad_number', 'bad_date', 'bad_choice', 'bad_yes_no', 'too_many_tags', 'unknown_tag']);

/** The reason; where it does not say by itself which column is meant, with what the file calls it. */
function wordsOf({ code, field, row }: ImportRow['problems'][number], { plan, headers }: WholeImport, t: TFunction): string {
  const words = t(`imports.reason.${code}`, { row: row ?? 0 });
  const place = field ? (plan?.columns ?? []).findIndex((column) => column === field) : -1;
  return OF_A_COLUMN.has(code) && headers[place] ? `${words} (${headers[place]})` : words;
}

/** What came by a source, newest first: which lead it became, what was answered, and the consent that was given. */
import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { rowsOf } from '@/lib/query/pages';
import styles from './Forms.module.css';
import { receivedQuery, type Received, type Source } from './queries';

export function ReceivedList({ source }: { readonly source: Source }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(receivedQuery(source.id));
  if (list.isPending) return <Waiting rows={3} height={44} />;
  if (list.isError) return <ErrorBox error={list.error} retry={() => void list.refetch()} />;
  const rows = rowsOf(list.data);
  if (rows.length === 0) {
    return (
      <Text size="sm" c="var(--nx-text2)">
        {t('forms.noneYet')}
      </Text>
    );
  }
  return (
    <div>
      <ul className={styles['log']} aria-label={t('forms.listOf', { name: source.name })}>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('forms.older')}
        </Button>
      )}
    </div>
  );
}

function Line({ row }: { readonly row: Received }) {
  const { t } = useTranslation();
  const name = row.lead_name ?? t('forms.nameless');
  const became = row.made_lead ? t('forms.became.new') : t('forms.became.known');
  return (
    <li className={styles['line']}>
      <Text size="sm" fw={500}>
        {row.lead_id === null ? t(`forms.waiting.${row.state === 'failed' ? 'failed' : 'waiting'}`) : (
          <Link to="/leads/$leadId" params={{ leadId: row.lead_id }}>
            {name}
          </Link>
        )}
        {' · '}
        <Ago at={row.received_at} />
        {row.lead_id !== null && ` · ${became}`}
        {row.problem && ` · ${t(`forms.problem.${row.problem}`)}`}
      </Text>
      <dl className={styles['answers']}>
        {Object.entries(row.answers).map(([question, answer]) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
        {row.consent && (
          <div>
            <dt>{t('forms.consentGiven')}</dt>
            <dd>{row.consent}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

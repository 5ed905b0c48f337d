/** Leads: everybody who may buy, filtered by stage, in a table that stays smooth with ten thousand rows. */
import { Chip, Group, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { rowsOf } from '@/lib/query/pages';
import styles from './Leads.module.css';
import { LeadTable } from './LeadTable';
import { leadsQuery } from './queries';

const EVERY = 'every';

export function LeadsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { stage } = useSearch({ from: '/shell/leads' });
  const query = useInfiniteQuery(leadsQuery(stage));
  const rows = rowsOf(query.data);
  const stages = useStages();
  const choose = (value: string) =>
    void navigate({ to: '/leads', search: value === EVERY ? {} : { stage: value }, replace: true });
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <Title order={1}>{t('place.leads')}</Title>
        <Chip.Group value={stage ?? EVERY} onChange={choose}>
          <Group gap="xs" wrap="nowrap" className={styles['filters']} role="radiogroup" aria-label={t('leads.byStage')}>
            <Chip value={EVERY} size="xs" variant="light">
              {t('leads.every')}
            </Chip>
            {stages.map(({ key }) => (
              <Chip key={key} value={key} size="xs" variant="light">
                {stageName(key, stages, t)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </header>
      {query.isPending && <Waiting rows={14} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <Empty>{stage ? t('leads.emptyStage') : t('leads.empty')}</Empty>}
      {rows.length > 0 && (
        <LeadTable
          rows={rows}
          more={query.hasNextPage}
          onEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

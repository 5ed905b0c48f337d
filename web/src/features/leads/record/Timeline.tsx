/** What happened with a lead, newest first, a page at a time; live, since its events ask for it anew. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Interest } from '@/components/Interest';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import styles from '@/features/leads/Leads.module.css';
import { timelineQuery, type Happening, type Kind } from '@/features/leads/queries';
import { clock, money, weekday } from '@/lib/i18n/format';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { rowsOf } from '@/lib/query/pages';
import { fieldsQuery, sayCustom } from '@/lib/records/fields';
import { useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import { tell, type Names } from './tell';

interface Props {
  readonly id: number;
  readonly name?: string | null;
  /** Of these kinds; none: everything. */
  readonly kinds: readonly Kind[];
  readonly limit?: number;
  readonly endless?: boolean;
  readonly empty?: string;
}

export function Timeline({ id, name = null, kinds, limit = 30, endless = true, empty }: Props) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(timelineQuery(id, kinds, limit));
  const rows = rowsOf(query.data);
  const names = useNames(name);
  if (query.isPending) return <Waiting rows={4} />;
  if (query.isError && rows.length === 0) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (rows.length === 0) return <p className={styles['nothing']}>{empty ?? t('leads.timeline.empty')}</p>;
  return (
    <>
      <ol className={styles['timeline']} aria-label={t('leads.timeline.label')}>
        {rows.map((happening) => (
          <Line key={`${happening.kind} ${happening.id}`} happening={happening} names={names} />
        ))}
      </ol>
      {endless && query.hasNextPage && (
        <Button variant="subtle" m="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('leads.timeline.older')}
        </Button>
      )}
    </>
  );
}

function Line({ happening, names }: { readonly happening: Happening; readonly names: Names }) {
  const { t } = useTranslation();
  const told = tell(happening, names, t);
  const Mark = told.icon;
  return (
    <li className={styles['happening']} data-by={told.by}>
      <span className={styles['mark']}>
        <Mark size={16} aria-hidden />
      </span>
      <div className={styles['told']}>
        <p>
          <strong>
            {told.by === 'agent' && <span aria-hidden>◈ </span>}
            {told.who}
          </strong>{' '}
          {told.what} {told.interest && <Interest interest={told.interest.name} score={told.interest.score} />}
        </p>
        {told.body && <p className={styles['said']}>{told.body}</p>}
        {told.why && <p className={styles['why']}>{told.why}</p>}
      </div>
      <span className={styles['when']}>
        <Ago at={happening.at} />
      </span>
    </li>
  );
}

function useNames(name: string | null): Names {
  const { t, i18n } = useTranslation();
  const team = useTeam();
  const stages = useStages();
  const fields = useQuery(fieldsQuery).data ?? [];
  const { tenant } = useMe();
  return {
    member: (id) => team.find((member) => member.id === id)?.name ?? null,
    stage: (key) => stageName(key, stages, t),
    field: (key, value) => {
      const field = fields.find((each) => each.key === key);
      return { label: field?.label ?? key, said: value === null || !field ? value : sayCustom(field.type, value, i18n.language, t) };
    },
    lead: name ?? t('leads.told.lead'),
    agent: tenant.agent_name,
    moment: (at) => `${weekday(at, i18n.language)}, ${clock(at, i18n.language)}`,
    amount: (value, currency) => money(value, currency, i18n.language),
  };
}

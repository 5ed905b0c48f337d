/** One run: how many of the kept turns came to the same end, and those that did not, with what was said instead. */
import { Progress, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { CaseItem } from './CaseItem';
import styles from './Evaluation.module.css';
import { runQuery, type Run } from './queries';

const PROBLEMS = ['too_long', 'not_started'] as const;

export function RunCard({ run, opened }: { readonly run: Run; readonly opened: boolean }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(opened);
  const good = run.state === 'done' && run.passed === run.scenarios;
  const share = run.scenarios === 0 ? 0 : (run.passed / run.scenarios) * 100;
  const problem = PROBLEMS.find((known) => known === run.problem);
  return (
    <li className={styles['card']}>
      <div className={styles['title']}>
        {run.state === 'done' ? (
          <UnstyledButton className={styles['unfold']} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronDown size={16} aria-hidden data-open={open} />
            {t('evaluation.passed', { passed: run.passed, count: run.scenarios })}
          </UnstyledButton>
        ) : (
          <strong>{t(`evaluation.state.${run.state}`, { count: run.scenarios })}</strong>
        )}
        {run.state === 'waiting' ? (
          <Badge meaning="primary" icon={<IconClock size={14} aria-hidden />}>
            {t('evaluation.playing')}
          </Badge>
        ) : (
          !good && (
            <Badge meaning="danger" icon={<IconAlertTriangle size={14} aria-hidden />}>
              {run.state === 'failed' ? t('evaluation.broken') : t('evaluation.changed', { count: run.scenarios - run.passed })}
            </Badge>
          )
        )}
        {good && (
          <span className={styles['good']}>
            <IconCircleCheck size={14} aria-hidden /> {t('evaluation.allSame')}
          </span>
        )}
      </div>
      {run.state === 'done' && (
        <Progress
          value={share}
          color={good ? 'ok' : 'danger'}
          aria-label={t('evaluation.passed', { passed: run.passed, count: run.scenarios })}
        />
      )}
      <p className={styles['meta']}>
        <Ago at={run.created_at} />
        {run.seconds !== null && ` · ${secondsOf(Number(run.seconds), i18n.language)}`}
        {problem && ` · ${t(`evaluation.problem.${problem}`)}`}
      </p>
      {open && run.state === 'done' && <Cases id={run.id} />}
    </li>
  );
}

function Cases({ id }: { readonly id: number }) {
  const query = useQuery(runQuery(id));
  if (query.isPending) return <Waiting rows={2} height={40} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  const cases = [...query.data.results].sort((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <ul className={styles['cases']}>
      {cases.map((result) => (
        <CaseItem key={result.scenario_id} result={result} />
      ))}
    </ul>
  );
}

function secondsOf(seconds: number, language: string): string {
  const style = { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, style).format(seconds);
}

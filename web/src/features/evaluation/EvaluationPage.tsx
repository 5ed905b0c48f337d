/** Evaluación: turns that were kept as tests, played again on a database that is thrown away. Only the ceo has this page. */
import { Button, Text, Title } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import styles from './Evaluation.module.css';
import { begin, evaluationKeys, runsQuery, scenariosQuery } from './queries';
import { RunCard } from './RunCard';
import { ScenarioList } from './ScenarioList';

export function EvaluationPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const writable = can(useMe(), 'agent.write');
  const scenarios = useQuery(scenariosQuery);
  const runs = useQuery(runsQuery);
  const running = useMutation({
    mutationFn: begin,
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: evaluationKeys.runs }),
  });
  const busy = running.isPending || (runs.data?.some((run) => run.state === 'waiting') ?? false);
  const able = writable && !busy && (scenarios.data?.length ?? 0) > 0;
  useShortcut('r', t('evaluation.run'), () => running.mutate(), able);
  const failed = scenarios.isError ? scenarios : runs.isError ? runs : null;
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.evaluation')}</Title>
            <Text size="sm" c="var(--nx-text2)">
              {t('evaluation.hint')}
            </Text>
          </div>
          {writable && (scenarios.data?.length ?? 0) > 0 && (
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              loading={busy}
              onClick={() => running.mutate()}
            >
              {t('evaluation.run')}
            </Button>
          )}
        </header>
        {failed && <ErrorBox error={failed.error} retry={() => void failed.refetch()} />}
        {(scenarios.isPending || runs.isPending) && <Waiting rows={4} height={72} />}
        {scenarios.data?.length === 0 && <Empty>{t('evaluation.empty')}</Empty>}
        {runs.data && runs.data.length > 0 && (
          <section aria-labelledby="runs">
            <Title order={2} id="runs">
              {t('evaluation.runs')}
            </Title>
            <ul className={styles['cards']}>
              {runs.data.map((run, place) => (
                <RunCard key={run.id} run={run} opened={place === 0} />
              ))}
            </ul>
          </section>
        )}
        {scenarios.data && scenarios.data.length > 0 && <ScenarioList scenarios={scenarios.data} writable={writable} />}
      </div>
    </div>
  );
}

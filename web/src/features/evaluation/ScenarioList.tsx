/** The kept turns: to take away as files for `nexus eval --dir`, or to keep no longer. */
import { ActionIcon, Title, Tooltip } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import styles from './Evaluation.module.css';
import { evaluationKeys, keepAgain, remove, yamlOf, type Scenario } from './queries';

interface Props {
  readonly scenarios: readonly Scenario[];
  readonly writable: boolean;
}

export function ScenarioList({ scenarios, writable }: Props) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="kept">
      <Title order={2} id="kept">
        {t('evaluation.kept', { count: scenarios.length })}
      </Title>
      <ul className={styles['kept']}>
        {scenarios.map((scenario) => (
          <Row key={scenario.id} scenario={scenario} writable={writable} />
        ))}
      </ul>
    </section>
  );
}

function Row({ scenario, writable }: { readonly scenario: Scenario; readonly writable: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const settle = () => cache.invalidateQueries({ queryKey: evaluationKeys.scenarios });
  const again = useMutation({ mutationFn: keepAgain, onError: toastProblem, onSettled: settle });
  const dropping = useMutation({
    mutationFn: () => remove(scenario.id),
    onMutate: () =>
      cache.setQueryData<readonly Scenario[]>(evaluationKeys.scenarios, (rows) => rows?.filter(({ id }) => id !== scenario.id)),
    onError: toastProblem,
    onSuccess: () => {
      const turn = scenario.turn_id;
      toast(t('evaluation.removed'), turn === null ? undefined : () => again.mutate(turn));
    },
    onSettled: settle,
  });
  const taking = useMutation({ mutationFn: () => yamlOf(scenario.id), onError: toastProblem, onSuccess: (yaml) => take(yaml, scenario.id) });
  return (
    <li>
      <div className={styles['what']}>
        <span>{scenario.title}</span>
        <span className={styles['meta']}>
          <Ago at={scenario.created_at} /> · {t(`evaluation.brain.${scenario.brain}`)}
        </span>
      </div>
      <Tooltip label={t('evaluation.download')}>
        <ActionIcon
          variant="subtle"
          size={44}
          aria-label={t('evaluation.downloadOf', { title: scenario.title })}
          loading={taking.isPending}
          onClick={() => taking.mutate()}
        >
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {writable && (
        <Tooltip label={t('evaluation.remove')}>
          <ActionIcon
            variant="subtle"
            size={44}
            color="danger"
            aria-label={t('evaluation.removeOf', { title: scenario.title })}
            onClick={() => dropping.mutate()}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

function take(yaml: string, id: number): void {
  const url = URL.createObjectURL(new Blob([yaml], { type: 'application/yaml' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: `turn-${String(id)}.yaml` });
  link.click();
  URL.revokeObjectURL(url);
}

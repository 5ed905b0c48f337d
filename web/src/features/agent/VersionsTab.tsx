/** Versiones: what was published, by whom, what it changed, and the way back. */
import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import styles from './Agent.module.css';
import { changesOf } from './changes';
import { Differences } from './Differences';
import { restore, scriptKeys, scriptQuery, versionsQuery, type Version } from './queries';

export function VersionsTab({ live }: { readonly live: number | null }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(versionsQuery);
  const bring = useRestore();
  if (query.isPending) return <Waiting rows={4} height={64} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  const versions = query.data.pages.flatMap(({ items }) => items);
  if (versions.length === 0) return <Empty>{t('agentPage.noVersions')}</Empty>;
  const inForce = versions.find(({ number }) => number === live);
  return (
    <Stack gap="md">
      <ul className={styles['versions']}>
        {versions.map((version, index) => (
          <Line
            key={version.id}
            version={version}
            before={versions[index + 1]}
            live={version.number === live}
            onRestore={() => bring(version, inForce)}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}

interface LineProps {
  readonly version: Version;
  readonly before: Version | undefined;
  readonly live: boolean;
  readonly onRestore: () => void;
}

function Line({ version, before, live, onRestore }: LineProps) {
  const { t } = useTranslation();
  const changes = before ? changesOf(before.script, version.script, t) : [];
  return (
    <li>
      <div className={styles['versionHead']}>
        <span>
          <strong>{t('agentPage.version', { number: version.number })}</strong>{' '}
          {live && <Badge meaning="ok">{t('agentPage.inForce')}</Badge>}
        </span>
        {!live && (
          <Button variant="default" size="xs" onClick={onRestore} aria-label={t('agentPage.restoreVersion', { number: version.number })}>
            {t('agentPage.restore')}
          </Button>
        )}
      </div>
      <Text size="sm" c="var(--nx-text2)">
        {version.author ?? t('agentPage.atFounding')} · <Ago at={version.published_at} />
        {version.restored_from !== null && ` · ${t('agentPage.restoredFrom', { number: version.restored_from })}`}
      </Text>
      {changes.length > 0 && (
        <details className={styles['more']}>
          <summary>{changes.map(({ field }) => t(`agentPage.field.${field}`)).join(', ')}</summary>
          <Differences changes={changes} />
        </details>
      )}
    </li>
  );
}

/** Back at once; «Deshacer» brings back what was in force, as a version of its own. */
function useRestore(): (wanted: Version, was: Version | undefined) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const restoring = useMutation({
    mutationFn: ({ wanted }: { readonly wanted: Version; readonly was: Version | undefined }) => restore(wanted.id),
    onSuccess: (fresh, { wanted, was }) => {
      cache.setQueryData(scriptQuery.queryKey, fresh);
      const back = was && (() => restoring.mutate({ wanted: was, was: undefined }));
      toast(t('agentPage.restored', { number: wanted.number }), back);
    },
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: scriptKeys.versions }),
  });
  return (wanted, was) => restoring.mutate({ wanted, was });
}

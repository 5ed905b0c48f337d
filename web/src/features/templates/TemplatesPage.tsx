/** Plantillas: what WhatsApp has approved and why not, as a phone shows it; and what is written by itself (UI §4). */
import { Button, Tabs, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import { templateKeys } from '@/lib/templates/keys';
import { templatesQuery } from '@/lib/templates/templates';
import { syncNow, syncsQuery } from './queries';
import { TemplateList } from './TemplateList';
import styles from './Templates.module.css';
import { Triggers } from './Triggers';

export function TemplatesPage() {
  const { t } = useTranslation();
  const writable = can(useMe(), 'templates.write');
  const query = useQuery(templatesQuery);
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.templates')}</Title>
            <SyncLine />
          </div>
          {writable && <SyncButton />}
        </header>
        <Tabs defaultValue="list" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="list">{t('templates.tab.list')}</Tabs.Tab>
            <Tabs.Tab value="triggers">{t('templates.tab.triggers')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="list" pt="md">
            {query.isPending && <Waiting rows={6} />}
            {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
            {query.data?.length === 0 && <Empty>{t('templates.empty')}</Empty>}
            {query.data && query.data.length > 0 && <TemplateList templates={query.data} />}
          </Tabs.Panel>
          <Tabs.Panel value="triggers" pt="md">
            <Triggers templates={query.data ?? []} writable={writable} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </div>
  );
}

/** When the provider was last asked; what went wrong is said with its code. */
function SyncLine() {
  const { t } = useTranslation();
  const { data = [] } = useQuery(syncsQuery);
  const failed = data.find(({ error }) => error !== null);
  const finished = data.map((sync) => sync.finished_at).filter((at) => at !== null).sort().at(-1);
  if (data.some(({ running }) => running)) return <Text size="sm">{t('templates.syncing')}</Text>;
  if (failed) {
    return (
      <Text size="sm" c="var(--nx-danger-fg)" role="alert">
        {t('templates.syncFailed', { number: failed.channel_name, code: failed.error })}
      </Text>
    );
  }
  return (
    <Text size="sm" c="var(--nx-text2)">
      {finished ? (
        <>
          {t('templates.synced')} <Ago at={finished} />
        </>
      ) : (
        t('templates.neverSynced')
      )}
    </Text>
  );
}

function SyncButton() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data = [] } = useQuery(syncsQuery);
  const asking = useMutation({
    mutationFn: syncNow,
    onSuccess: (syncs) => cache.setQueryData(templateKeys.syncs, syncs),
    onError: toastProblem,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={asking.isPending || data.some(({ running }) => running)}
      onClick={() => asking.mutate()}
    >
      {t('templates.sync')}
    </Button>
  );
}

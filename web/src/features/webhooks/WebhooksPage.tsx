/** Webhooks: which other systems are told what happens here, how they do, and what they were sent. */
import { Button, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { SecretOnce } from '@/components/SecretOnce';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { can, useMe } from '@/lib/session/session';
import { EndpointCard } from './EndpointCard';
import { EndpointForm } from './EndpointForm';
import { endpointsQuery, type Endpoint } from './queries';
import styles from './Webhooks.module.css';

export function WebhooksPage() {
  const { t } = useTranslation();
  const query = useQuery(endpointsQuery);
  const writable = can(useMe(), 'webhooks.write');
  const { creating, begin, end } = useCreating();
  const [editing, setEditing] = useState<Endpoint | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const create = writable && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={begin}>
      {t('webhooks.add')}
    </Button>
  );
  const endpoints = query.data ?? [];
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.webhooks')}</Title>
            <Text size="sm" c="var(--nx-text2)">
              {t('webhooks.about')}
            </Text>
          </div>
          {endpoints.length > 0 && create}
        </header>
        {query.isPending && <Waiting rows={3} height={120} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && endpoints.length === 0 && <Empty action={create}>{t('webhooks.empty')}</Empty>}
        {endpoints.map((endpoint) => (
          <EndpointCard
            key={endpoint.id}
            endpoint={endpoint}
            writable={writable}
            onEdit={() => setEditing(endpoint)}
            onSecret={setSecret}
          />
        ))}
      </div>
      {creating && <EndpointForm endpoint={null} onClose={end} onSecret={setSecret} />}
      {editing && <EndpointForm key={editing.id} endpoint={editing} onClose={() => setEditing(null)} onSecret={setSecret} />}
      {secret && <SecretOnce secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}

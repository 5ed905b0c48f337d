/** Integraciones: which keys the company has, for what, real or demo; entered, replaced and deleted, never shown. */
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import { GroupCard } from './GroupCard';
import { groupsOf } from './groups';
import styles from './Integrations.module.css';
import { credentialsQuery, type Credential } from './queries';

const SetKey = lazy(() => import('./SetKey'));
const DeleteKey = lazy(() => import('./DeleteKey'));

export interface Asked {
  readonly act: 'set' | 'delete';
  readonly credential: Credential;
  readonly group: string;
}

export function IntegrationsPage() {
  const { t } = useTranslation();
  const writable = can(useMe(), 'vault.write');
  const query = useQuery(credentialsQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <div className={styles['page']}>
      <Stack gap="lg" maw={960} mx="auto">
        <Title order={1}>{t('place.integrations')}</Title>
        <Text c="var(--nx-text2)" maw={640}>
          {t('vault.hint')}
        </Text>
        {query.isPending && <Waiting rows={5} height={120} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.data &&
          groupsOf(query.data).map((group) => <GroupCard key={group.id} group={group} writable={writable} onAsk={setAsked} />)}
      </Stack>
      <Suspense>
        {asked?.act === 'set' && <SetKey credential={asked.credential} group={asked.group} onClose={close} />}
        {asked?.act === 'delete' && <DeleteKey credential={asked.credential} group={asked.group} onClose={close} />}
      </Suspense>
    </div>
  );
}

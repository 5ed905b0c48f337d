/** Difusiones: one template to many; what runs, how far it is, and what became of it. Only the ceo has this page. */
import { Button, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { BroadcastCard } from './BroadcastCard';
import styles from './Broadcasts.module.css';
import { broadcastsQuery } from './queries';

const NewBroadcast = lazy(() => import('./NewBroadcast'));

export function BroadcastsPage() {
  const { t } = useTranslation();
  const writable = can(useMe(), 'broadcasts.write');
  const query = useQuery(broadcastsQuery);
  const { creating, begin: create, end } = useCreating();
  useShortcut('c', t('broadcasts.new'), create, writable);
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create}>
      {t('broadcasts.new')}
    </Button>
  );
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <Title order={1}>{t('place.broadcasts')}</Title>
            <Text size="sm" c="var(--nx-text2)">
              {t('broadcasts.hint')}
            </Text>
          </div>
          {writable && query.data && query.data.length > 0 && button}
        </header>
        {query.isPending && <Waiting rows={4} height={120} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.data?.length === 0 && <Empty action={writable && button}>{t('broadcasts.empty')}</Empty>}
        <ul className={styles['cards']}>
          {query.data?.map((broadcast) => <BroadcastCard key={broadcast.id} broadcast={broadcast} writable={writable} />)}
        </ul>
      </div>
      <Suspense>{creating && writable && <NewBroadcast onClose={end} />}</Suspense>
    </div>
  );
}

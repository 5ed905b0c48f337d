/** Vendedores: who can be booked, when they work and what they have ahead; one opens beside the list. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { useClosePanel } from '@/lib/history/panel';
import { can, useMe } from '@/lib/session/session';
import { sellersQuery } from './queries';
import { SellerRow } from './SellerRow';
import styles from './Sellers.module.css';

const SellerDrawer = lazy(() => import('./SellerDrawer'));
const AddSeller = lazy(() => import('./AddSeller'));

export function SellersPage() {
  const { t } = useTranslation();
  const managing = can(useMe(), 'sellers.manage');
  const query = useQuery(sellersQuery);
  const { seller: open } = useSearch({ from: '/shell/sellers' });
  const navigate = useNavigate();
  const { creating, begin, end } = useCreating();
  const show = (seller: number) => void navigate({ to: '/sellers', search: { seller }, state: { panel: true } });
  const close = useClosePanel(() => void navigate({ to: '/sellers', search: {}, replace: true }));
  const add = managing && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={begin}>
      {t('sellers.add')}
    </Button>
  );
  return (
    <div className={styles['page']}>
      <Stack gap="lg" maw={960} mx="auto">
        <Group justify="space-between" gap="sm">
          <Title order={1}>{t('place.sellers')}</Title>
          {(query.data?.length ?? 0) > 0 && add}
        </Group>
        <Text c="var(--nx-text2)" maw={640}>
          {managing ? t('sellers.hint') : t('sellers.ownHint')}
        </Text>
        {query.isPending && <Waiting rows={4} height={64} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.data?.length === 0 && <Empty action={add}>{managing ? t('sellers.empty') : t('sellers.none')}</Empty>}
        {query.data && query.data.length > 0 && (
          <ul className={styles['list']}>
            {query.data.map((seller) => (
              <SellerRow key={seller.id} seller={seller} />
            ))}
          </ul>
        )}
      </Stack>
      <Suspense>
        {open !== undefined && <SellerDrawer key={open} id={open} onClose={close} />}
        {creating && managing && <AddSeller onClose={end} onAdded={show} />}
      </Suspense>
    </div>
  );
}

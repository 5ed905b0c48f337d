/** What can be offered with this seller next, by what is saved: the proof that the hours say what was meant. */
import { Anchor, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import { nextFreeQuery, type Seller } from './queries';
import styles from './Sellers.module.css';
import { byDay, placeName } from './words';

const SHOWN = 5;

export function NextFree({ seller }: { readonly seller: Seller }) {
  const { t, i18n } = useTranslation();
  const settings = can(useMe(), 'settings.read');
  const query = useQuery(nextFreeQuery(seller));
  return (
    <section aria-labelledby="seller-free" aria-live="polite">
      <Title order={2} size="h3" id="seller-free" mb="sm">
        {t('sellers.free.title')}
      </Title>
      {query.isPending && <Waiting rows={2} height={32} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Text c="var(--nx-text2)">
          {t('sellers.free.none')}{' '}
          {settings && (
            <Anchor component={Link} to="/settings">
              {t('sellers.free.rules')}
            </Anchor>
          )}
        </Text>
      )}
      {query.data && query.data.length > 0 && (
        <dl className={styles['read']}>
          {byDay(query.data, seller.zone, i18n.language).map(([day, clocks]) => (
            <div key={day}>
              <dt>{day}</dt>
              <dd>
                {clocks.slice(0, SHOWN).join(' · ')}
                {clocks.length > SHOWN && ` · ${t('sellers.free.more', { count: clocks.length - SHOWN })}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Text size="sm" c="var(--nx-text2)">
        {t('sellers.free.clock', { zone: placeName(seller.zone) })}
      </Text>
    </section>
  );
}

/** Privacidad: how long things are kept, and what was handed out and erased; never with anybody's name. */
import { Button, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { requestsQuery, rulesQuery } from '@/lib/privacy/privacy';
import { rowsOf } from '@/lib/query/pages';
import styles from './Privacy.module.css';
import { RequestLine } from './RequestLine';
import { Retention } from './Retention';

export function PrivacyPage() {
  const { t } = useTranslation();
  const rules = useQuery(rulesQuery);
  const query = useInfiniteQuery(requestsQuery);
  const requests = rowsOf(query.data);
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header>
          <Title order={1}>{t('place.privacy')}</Title>
          <Text size="sm" c="var(--nx-text2)" maw={640}>
            {t('privacy.about')}
          </Text>
        </header>
        <section aria-labelledby="privacy-kept">
          <Title order={2} size="h4" id="privacy-kept">
            {t('privacy.kept')}
          </Title>
          {rules.isPending && <Waiting rows={3} height={56} />}
          {rules.isError && !rules.data && <ErrorBox error={rules.error} retry={() => void rules.refetch()} />}
          {rules.data && <Retention served={rules.data} />}
        </section>
        <section aria-labelledby="privacy-requests">
          <Title order={2} size="h4" id="privacy-requests">
            {t('privacy.requests')}
          </Title>
          {query.isPending && <Waiting rows={3} height={56} />}
          {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
          {query.isSuccess && requests.length === 0 && (
            <Empty
              action={
                <Button renderRoot={(props) => <Link {...props} to="/leads" search={{}} />} variant="default">
                  {t('privacy.toLeads')}
                </Button>
              }
            >
              {t('privacy.empty')}
            </Empty>
          )}
          {requests.length > 0 && (
            <ul className={styles['list']}>
              {requests.map((request) => (
                <RequestLine key={request.id} request={request} />
              ))}
            </ul>
          )}
          {query.hasNextPage && (
            <Button variant="default" mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('privacy.more')}
            </Button>
          )}
        </section>
      </div>
    </div>
  );
}

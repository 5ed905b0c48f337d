/** What an endpoint was sent, newest first: how it went, what the other side said, and to send it again. */
import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { deliveriesQuery, endpointsKey, replay, type Delivery, type Endpoint } from './queries';
import styles from './Webhooks.module.css';

interface Props {
  readonly endpoint: Endpoint;
  readonly writable: boolean;
}

export function DeliveryLog({ endpoint, writable }: Props) {
  const { t } = useTranslation();
  const log = useInfiniteQuery(deliveriesQuery(endpoint.id));
  if (log.isPending) return <Waiting rows={3} height={44} />;
  if (log.isError) return <ErrorBox error={log.error} retry={() => void log.refetch()} />;
  const deliveries = log.data.pages.flatMap(({ items }) => items);
  if (deliveries.length === 0) {
    return (
      <Text size="sm" c="var(--nx-text2)">
        {t('webhooks.logEmpty')}
      </Text>
    );
  }
  return (
    <div>
      <ul className={styles['log']} aria-label={t('webhooks.log', { name: endpoint.name })}>
        {deliveries.map((delivery) => (
          <Line key={delivery.id} endpoint={endpoint} delivery={delivery} writable={writable} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button variant="subtle" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('webhooks.older')}
        </Button>
      )}
    </div>
  );
}

function Line({ endpoint, delivery, writable }: Props & { readonly delivery: Delivery }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const again = useMutation({
    mutationFn: () => replay(endpoint.id, delivery.id),
    onSuccess: () => toast(t('webhooks.replayed', { count: 1 })),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: endpointsKey }),
  });
  const { status, problem, ms, attempts, answer } = delivery;
  const how = status ? `HTTP ${status}` : problem && problem !== 'status' ? t(`webhooks.problem.${problem}`) : '';
  const told = [t(`webhooks.delivery.${delivery.state}`), how, ms === null ? '' : `${ms} ms`, attempts > 0 ? t('webhooks.attempts', { count: attempts }) : ''];
  return (
    <li className={styles['line']}>
      <div className={styles['named']}>
        <Text size="sm" fw={500}>
          {delivery.type} · <Ago at={delivery.happened_at} />
        </Text>
        <Text size="sm" c={delivery.state === 'dead' ? 'var(--nx-danger-fg)' : 'var(--nx-text2)'}>
          {told.filter(Boolean).join(' · ')}
        </Text>
        {answer && (
          <details className={styles['answer']}>
            <summary>{t('webhooks.answer')}</summary>
            <pre>{answer}</pre>
          </details>
        )}
      </div>
      {writable && delivery.state !== 'waiting' && (
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={again.isPending}
          aria-label={t('webhooks.resendOf', { id: delivery.message_id })}
          onClick={() => again.mutate()}
        >
          {t('webhooks.resend')}
        </Button>
      )}
    </li>
  );
}

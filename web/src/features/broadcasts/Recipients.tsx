/** The rows behind the figures: whom it was for, and what became of each. */
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import styles from './Broadcasts.module.css';
import { recipientsQuery, type Recipient } from './queries';

const STATUSES = ['queued', 'sent', 'delivered', 'read', 'failed', 'refused', 'unknown'] as const;
export const REASONS = ['opted_out', 'no_address', 'missing_values', 'lead_gone', 'cancelled', 'template_unavailable'] as const;

export default function Recipients({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const query = useQuery(recipientsQuery(id));
  if (query.isPending) return <Waiting rows={3} height={32} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <ul className={styles['recipients']}>
        {query.data.items.map((recipient) => (
          <li key={recipient.lead_id}>
            <Anchor renderRoot={(props) => <Link {...props} to="/leads/$leadId" params={{ leadId: recipient.lead_id }} />}>
              {recipient.lead_name ?? t('leads.nameless')}
            </Anchor>
            <span className={styles['outcome']}>{outcomeOf(recipient, t)}</span>
          </li>
        ))}
      </ul>
      {query.data.next_cursor !== null && (
        <Text size="sm" c="var(--nx-text2)">
          {t('broadcasts.firstRows', { count: query.data.items.length })}
        </Text>
      )}
    </>
  );
}

function outcomeOf({ status, reason, message_status: message }: Recipient, t: TFunction): string {
  if (status === 'waiting') return t('broadcasts.figure.waiting');
  if (status === 'left_out') return reasonWords(reason ?? '', t);
  const known = STATUSES.find((each) => each === message);
  return known ? t(`tick.${known}`) : t('tick.queued');
}

export function reasonWords(reason: string, t: TFunction): string {
  const known = REASONS.find((each) => each === reason);
  return known ? t(`broadcasts.reason.${known}`) : t('broadcasts.reason.other', { reason });
}

/** The newest conversations, live: what the team sees of what the phones write. */
import { Title } from '@mantine/core';
import { IconUserExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import styles from './Simulator.module.css';
import { recentQuery } from './queries';

export function Recent() {
  const { t } = useTranslation();
  const conversations = useQuery(recentQuery).data;
  return (
    <section className={styles['recent']} aria-labelledby="simulator-recent">
      <Title order={2} id="simulator-recent">
        {t('simulator.recent')}
      </Title>
      {conversations?.length === 0 && <p className={styles['hint']}>{t('simulator.nothing')}</p>}
      <ul className={styles['list']}>
        {conversations?.map((row) => (
          <li key={row.id}>
            <Link to="/inbox/$conversationId" params={{ conversationId: row.id }} className={styles['row']}>
              <span className={styles['line']}>
                <strong>{row.lead_name ?? t('simulator.nobody')}</strong>
                {row.last_message_at && <Ago at={row.last_message_at} />}
              </span>
              <span className={styles['line']}>
                <span className={styles['body']}>{row.last_body}</span>
                {row.needs_person && (
                  <Badge meaning="inverse" icon={<IconUserExclamation size={14} aria-hidden />}>
                    {t('simulator.person')}
                  </Badge>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Link to="/inbox" className={styles['all']}>
        {t('simulator.toInbox')}
      </Link>
    </section>
  );
}

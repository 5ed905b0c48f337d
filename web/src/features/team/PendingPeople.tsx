/** Who asked to come in: one press lets them in, another keeps them out; both can be taken back. */
import { Button, Group, Title } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import type { Changes } from './change';
import styles from './Team.module.css';
import type { Account } from './queries';

interface Props {
  readonly accounts: readonly Account[];
  readonly changes: Changes;
}

export function PendingPeople({ accounts, changes }: Props) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="team-pending" aria-live="polite">
      <Group gap="sm" mb="sm">
        <Title order={2} id="team-pending">
          {t('team.pending')}
        </Title>
        <Badge meaning="inverse" icon={<IconUserCheck size={14} aria-hidden />}>
          {t('peopleWaiting', { count: accounts.length })}
        </Badge>
      </Group>
      <ul className={styles['cards']}>
        {accounts.map((account, index) => (
          <li key={account.id} className={styles['card']}>
            <span className={styles['who']}>
              <strong>{account.name}</strong>
              <span className={styles['email']}>{account.email}</span>
            </span>
            <span className={styles['asked']}>
              {t('team.asksAs', { role: t(`role.${account.role}`) })} · <Ago at={account.created_at} />
            </span>
            <Group gap="sm" wrap="nowrap" className={styles['answers']}>
              <Button variant={index === 0 ? 'filled' : 'light'} aria-label={t('team.approveName', { name: account.name })} onClick={() => changes.approve(account)}>
                {t('team.approve')}
              </Button>
              <Button variant="default" aria-label={t('team.rejectName', { name: account.name })} onClick={() => changes.reject(account)}>
                {t('team.reject')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

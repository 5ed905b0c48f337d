/** Says on every tab that the agent is paused, and until when, once the day's money is spent. */
import { Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './Model.module.css';
import { spendingQuery } from './queries';

export function AtTheCap() {
  const { t, i18n } = useTranslation();
  const spending = useQuery(spendingQuery).data;
  if (!spending?.paused) return null;
  const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short', timeZone: spending.zone });
  return (
    <div role="alert" className={styles['paused']}>
      <IconPlayerPause size={20} aria-hidden />
      <div>
        <Text fw={600}>{t('model.spent.paused')}</Text>
        <Text size="sm">{t('model.spent.resumes', { at: clock.format(new Date(spending.resumes_at)) })}</Text>
      </div>
    </div>
  );
}

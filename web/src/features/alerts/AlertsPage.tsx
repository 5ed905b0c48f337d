/** What reaches one outside the app: this device and the others, what by which way, and when not. */
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import styles from './Alerts.module.css';
import { Company } from './Company';
import { Devices } from './Devices';
import { PhoneField } from './PhoneField';
import { alertsQuery, pushQuery } from './queries';
import { Quiet } from './Quiet';
import { Topics } from './Topics';

export function AlertsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const push = useQuery(pushQuery);
  const alerts = useQuery(alertsQuery);
  const failed = push.error ?? alerts.error;
  const again = () => {
    void push.refetch();
    void alerts.refetch();
  };
  return (
    <div className={styles['page']}>
      <Stack gap="xl" maw={720} mx="auto">
        <div>
          <Title order={1}>{t('alerts.title')}</Title>
          <Text c="var(--nx-text2)">{t('alerts.hint')}</Text>
        </div>
        {(push.isPending || alerts.isPending) && !failed && <Waiting rows={6} height={56} />}
        {failed && <ErrorBox error={failed} retry={again} />}
        {push.data && <Devices publicKey={push.data.public_key} devices={push.data.devices} />}
        {alerts.data && (
          <>
            <Topics alerts={alerts.data} />
            {alerts.data.whatsapp && <PhoneField alerts={alerts.data} key={alerts.data.preferences.phone} />}
            <Quiet alerts={alerts.data} />
            {can(me, 'settings.write') && <Company rules={alerts.data.company} />}
          </>
        )}
      </Stack>
    </div>
  );
}

/** What reaches one by which way; a tick holds at once. */
import { Checkbox, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { can, useMe } from '@/lib/session/session';
import styles from './Alerts.module.css';
import { TOPICS, WAYS, type Alerts, type Topic, type Way } from './queries';
import { usePreferences } from './usePreferences';

export function Topics({ alerts }: { readonly alerts: Alerts }) {
  const { t } = useTranslation();
  const me = useMe();
  const { save } = usePreferences();
  const { preferences } = alerts;
  const missing = { push: false, email: !alerts.mail, whatsapp: !alerts.whatsapp };
  const topics = TOPICS.filter((topic) => topic !== 'accounts' || can(me, 'users.write'));
  const set = (topic: Topic, way: Way, on: boolean) => {
    const ways = WAYS.filter((each) => (each === way ? on : (preferences.channels[topic] ?? []).includes(each)));
    save({ ...preferences, channels: { ...preferences.channels, [topic]: ways } }, preferences);
  };
  return (
    <section aria-labelledby="alerts-what">
      <Title order={2} id="alerts-what" mb="xs">
        {t('alerts.what')}
      </Title>
      <table className={styles['table']} aria-labelledby="alerts-what">
        <thead>
          <tr>
            <td />
            {WAYS.map((way) => (
              <th key={way} scope="col" className={styles['way']}>
                {t(`alerts.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={topic}>
              <th scope="row">{t(`alerts.topic.${topic}`)}</th>
              {WAYS.map((way) => (
                <td key={way} className={styles['way']}>
                  <Checkbox
                    size="md"
                    aria-label={t('alerts.choose', { topic: t(`alerts.topic.${topic}`), way: t(`alerts.way.${way}`) })}
                    checked={(preferences.channels[topic] ?? []).includes(way)}
                    disabled={missing[way]}
                    onChange={({ currentTarget: { checked } }) => set(topic, way, checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Text c="var(--nx-text2)" size="sm" mt="sm">
        {[t('alerts.later'), missing.email && t('alerts.noMail'), missing.whatsapp && t('alerts.noWhatsapp')].filter(Boolean).join(' ')}
      </Text>
    </section>
  );
}

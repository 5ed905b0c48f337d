/** When nothing leaves: by the clock of the place where this browser is. */
import { Switch, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Alerts.module.css';
import type { Alerts, Preferences } from './queries';
import { usePreferences } from './usePreferences';

const NIGHT = { quiet_from: '21:00', quiet_to: '08:00' } as const;

export function Quiet({ alerts: { preferences } }: { readonly alerts: Alerts }) {
  const { t } = useTranslation();
  const { save } = usePreferences();
  const on = preferences.quiet_from !== null && preferences.quiet_to !== null;
  const zone = preferences.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const set = (hours: Pick<Preferences, 'quiet_from' | 'quiet_to'>) => save({ ...preferences, ...hours, zone }, preferences);
  return (
    <section aria-labelledby="alerts-quiet">
      <Title order={2} id="alerts-quiet" mb="xs">
        {t('alerts.quiet')}
      </Title>
      <Switch
        label={t('alerts.quietOn')}
        description={t('alerts.quietHint')}
        checked={on}
        onChange={({ currentTarget: { checked } }) => set(checked ? NIGHT : { quiet_from: null, quiet_to: null })}
      />
      {on && (
        <div className={styles['clocks']}>
          {(['quiet_from', 'quiet_to'] as const).map((end) => (
            <TextInput
              key={`${end} ${preferences[end] ?? ''}`}
              type="time"
              label={end === 'quiet_from' ? t('alerts.from') : t('alerts.to')}
              defaultValue={preferences[end] ?? ''}
              onBlur={({ currentTarget: { value } }) => {
                if (value !== '' && value !== preferences[end])
                  set({ quiet_from: preferences.quiet_from, quiet_to: preferences.quiet_to, [end]: value });
              }}
            />
          ))}
          <Text c="var(--nx-text2)" size="sm">
            {t('alerts.zone', { zone: zone.replaceAll('_', ' ') })}
          </Text>
        </div>
      )}
    </section>
  );
}

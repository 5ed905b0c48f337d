/** A week of hours: always, or a switch and ranges for each day. */
import { Input, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WeekFields } from '@/components/WeekFields';
import { usualWeek, type Hours } from '@/lib/time/week';
import styles from './Settings.module.css';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly error: string | boolean;
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
}

export function HoursField({ label, description, error, hours, onHours }: Props) {
  const { t } = useTranslation();
  const always = Object.keys(hours).length === 0;
  return (
    <Stack gap="xs" className={styles['hours'] ?? ''} role="group" aria-label={label}>
      <Input.Label component="span">{label}</Input.Label>
      <Switch
        label={t('settings.hours.limited')}
        description={description}
        checked={!always}
        onChange={(event) => onHours(event.currentTarget.checked ? usualWeek() : {})}
      />
      {!always && <WeekFields hours={hours} onHours={onHours} />}
      {error !== false && <Input.Error>{error}</Input.Error>}
    </Stack>
  );
}

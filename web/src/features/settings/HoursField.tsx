/** A week of hours: always, or a switch and ranges for each day. */
import { ActionIcon, Button, Input, Stack, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayName, rangesOf, USUAL, usualWeek, WEEKDAYS, withDay, type Hours, type Range } from './hours';
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
      {!always && WEEKDAYS.map((day) => <Day key={day} day={day} hours={hours} onHours={onHours} />)}
      {error !== false && <Input.Error>{error}</Input.Error>}
    </Stack>
  );
}

function Day({ day, hours, onHours }: { readonly day: string } & Pick<Props, 'hours' | 'onHours'>) {
  const { t, i18n } = useTranslation();
  const name = dayName(day, i18n.language);
  const ranges = rangesOf(hours, day);
  const put = (next: readonly Range[]) => onHours(withDay(hours, day, next));
  const change = (index: number, change: Partial<Range>) => put(ranges.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <div className={styles['day']}>
      <Switch label={name} checked={ranges.length > 0} onChange={(event) => put(event.currentTarget.checked ? [USUAL] : [])} />
      <div className={styles['ranges']}>
        {ranges.map((range, index) => (
          <span key={index} className={styles['range']}>
            <TextInput
              type="time"
              aria-label={t('settings.hours.start', { day: name })}
              value={range.start}
              onChange={(event) => change(index, { start: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              aria-label={t('settings.hours.end', { day: name })}
              value={range.end === '24:00' ? '00:00' : range.end}
              onChange={(event) => change(index, { end: event.currentTarget.value === '00:00' ? '24:00' : event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('settings.hours.remove', { day: name })}
              onClick={() => put(ranges.filter((_, at) => at !== index))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </span>
        ))}
        {ranges.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => put([...ranges, { start: '', end: '' }])}
          >
            {t('settings.hours.add')}
          </Button>
        )}
      </div>
    </div>
  );
}

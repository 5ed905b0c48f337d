/** The days of a week with their ranges of hours: on or off, several ranges, and the hours of one copied to others. */
import { ActionIcon, Button, Input, Menu, Switch, TextInput } from '@mantine/core';
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copied, dayName, judgeDays, rangesOf, USUAL, WEEKDAYS, withDay, WORKDAYS, type Hours, type Range } from '@/lib/time/week';
import styles from './WeekFields.module.css';

interface Props {
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
  /** Says at each day what is wrong with it. */
  readonly judged?: boolean;
}

export function WeekFields({ hours, onHours, judged = false }: Props) {
  const { t } = useTranslation();
  const wrong = judged ? judgeDays(hours, t) : {};
  return WEEKDAYS.map((day) => <Day key={day} day={day} error={wrong[day]} hours={hours} onHours={onHours} />);
}

interface DayProps extends Pick<Props, 'hours' | 'onHours'> {
  readonly day: string;
  readonly error: string | undefined;
}

function Day({ day, error, hours, onHours }: DayProps) {
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
              aria-invalid={error !== undefined}
              value={range.start}
              onChange={(event) => change(index, { start: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              aria-label={t('settings.hours.end', { day: name })}
              aria-invalid={error !== undefined}
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
          <span className={styles['acts']}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-label={t('settings.hours.addTo', { day: name })}
              onClick={() => put([...ranges, { start: '', end: '' }])}
            >
              {t('settings.hours.add')}
            </Button>
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('settings.hours.copy', { day: name })}>
                  <IconCopy size={16} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onHours(copied(hours, day, WORKDAYS))}>{t('settings.hours.toWorkdays')}</Menu.Item>
                <Menu.Item onClick={() => onHours(copied(hours, day, WEEKDAYS))}>{t('settings.hours.toAll')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </span>
        )}
        {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
      </div>
    </div>
  );
}

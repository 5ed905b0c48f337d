/** Which month is looked at, or all of them. */
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '@/lib/i18n/format';
import styles from './Accounting.module.css';
import { EVERY_MONTH, monthOf, monthsLater } from './filters';

interface Props {
  readonly month: string | undefined;
  readonly onMonth: (month: string) => void;
}

export function MonthSwitch({ month, onMonth }: Props) {
  const { t, i18n } = useTranslation();
  const present = monthOf(new Date());
  const every = month === EVERY_MONTH;
  const shown = every || month === undefined ? present : month;
  const [year = 0, index = 1] = shown.split('-').map(Number);
  const name = new Intl.DateTimeFormat(localeOf(i18n.language), { month: 'long', year: 'numeric' }).format(new Date(year, index - 1, 1));
  return (
    <div className={styles['months']} role="group" aria-label={t('accounting.month')}>
      <ActionIcon variant="default" size={36} aria-label={t('accounting.before')} disabled={every} onClick={() => onMonth(monthsLater(shown, -1))}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <span className={styles['month']} aria-live="polite">
        {every ? t('accounting.everyMonth') : name}
      </span>
      <ActionIcon variant="default" size={36} aria-label={t('accounting.after')} disabled={every || shown >= present} onClick={() => onMonth(monthsLater(shown, 1))}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <Button variant="subtle" size="xs" aria-label={every ? t('accounting.thisMonth') : t('accounting.everyMonth')} onClick={() => onMonth(every ? present : EVERY_MONTH)}>
        {every ? t('accounting.thisMonth') : t('accounting.every')}
      </Button>
    </div>
  );
}

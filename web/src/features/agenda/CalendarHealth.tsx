/** Whether Google answers for the agendas that are shown; quiet while it does. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconBrandGoogle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { calendarsQuery, faresOf, worstOf } from '@/lib/calendars/calendars';
import styles from './Agenda.module.css';

const ICONS = { lost: IconPlugConnectedX, unconfirmed: IconAlertTriangle, connected: IconBrandGoogle, none: IconBrandGoogle } as const;

export function CalendarHealth({ hidden }: { readonly hidden: readonly number[] }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(calendarsQuery);
  if (!data) return null;
  const shown = data.items.filter(({ seller_id }) => !hidden.includes(seller_id));
  const fares = worstOf(shown);
  const troubled = shown.filter((one) => faresOf(one) === fares);
  const names = new Intl.ListFormat(i18n.language).format(troubled.map(({ seller_name }) => seller_name));
  const mine = troubled.some(({ may_change }) => may_change);
  const word = fares === 'lost' && !mine ? 'unconfirmed' : fares;
  const Icon = ICONS[fares];
  const known = fares === 'lost' || fares === 'unconfirmed';
  return (
    <Link
      to="/calendars"
      className={styles['health']}
      data-fares={fares}
      title={known ? t('agenda.google.who', { names }) : undefined}
    >
      <Icon size={16} aria-hidden />
      {t(`agenda.google.${word}`)}
    </Link>
  );
}

/** One seller of the list: who, when they work, what they have ahead; a state only where it is not the normal one. */
import { IconBan, IconPlayerPause, IconQuestionMark } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Face } from '@/components/Face';
import { sayWeek } from '@/lib/time/week';
import type { Seller } from './queries';
import styles from './Sellers.module.css';
import { placeName, sayMinutes } from './words';

export function SellerRow({ seller }: { readonly seller: Seller }) {
  const { t, i18n } = useTranslation();
  const { working_hours: week, meetings_ahead: count, minutes_ahead: minutes } = seller;
  const hours = week && sayWeek(week, i18n.language);
  return (
    <li>
      <Link to="/sellers" search={{ seller: seller.id }} state={{ panel: true }} className={styles['row']}>
        <span className={styles['who']}>
          <Face seller={seller} />
          <strong>{seller.name}</strong>
          <SellerState seller={seller} />
        </span>
        <span className={styles['when']}>
          {hours === '' ? t('sellers.noHours') : hours}
          <small>{placeName(seller.zone)}</small>
        </span>
        <span className={styles['load']}>
          {count === 0 ? t('sellers.nothingAhead') : t('sellers.ahead', { count })}
          {count > 0 && <small>{sayMinutes(minutes, i18n.language)}</small>}
        </span>
      </Link>
    </li>
  );
}

function SellerState({ seller }: { readonly seller: Seller }) {
  const { t } = useTranslation();
  if (seller.suspended) {
    return (
      <Badge meaning="danger" icon={<IconBan size={14} aria-hidden />}>
        {t('sellers.state.suspended')}
      </Badge>
    );
  }
  if (!seller.active) {
    return (
      <Badge meaning="muted" icon={<IconPlayerPause size={14} aria-hidden />}>
        {t('sellers.state.inactive')}
      </Badge>
    );
  }
  if (seller.working_hours === null) {
    return (
      <Badge meaning="danger" icon={<IconQuestionMark size={14} aria-hidden />}>
        {t('sellers.state.unknown')}
      </Badge>
    );
  }
  return null;
}

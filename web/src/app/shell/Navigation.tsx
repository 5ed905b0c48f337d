/** The rail on a screen, the bottom bar on a phone: the same places. */
import { Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PendingCount } from '@/features/team/PendingCount';
import { useShortcut } from '@/lib/keys/keys';
import { isInBar, type Place } from './places';
import styles from './Shell.module.css';

interface Props {
  readonly places: readonly Place[];
  readonly onMore: () => void;
}

export function Navigation({ places, onMore }: Props) {
  const { t } = useTranslation();
  return (
    <nav className={styles['nav']} aria-label={t('nav')}>
      {places.map((place) => (
        <NavigationLink key={place.key} place={place} beyondBar={!isInBar(place)} />
      ))}
      <button type="button" aria-haspopup="dialog" className={`${styles['place'] ?? ''} ${styles['more'] ?? ''}`} onClick={onMore}>
        <IconDots size={20} stroke={1.75} aria-hidden />
        <span className={styles['placeName']}>{t('place.more')}</span>
      </button>
    </nav>
  );
}

function NavigationLink({ place, beyondBar }: { readonly place: Place; readonly beyondBar: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = t(`place.${place.key}`);
  const PlaceIcon = place.icon;
  useShortcut(place.shortcut, name, () => void navigate({ to: place.to }));
  return (
    <Tooltip label={`${name} · ${place.shortcut.toUpperCase()}`} position="right" openDelay={400}>
      <Link to={place.to} activeOptions={{ exact: place.to === '/' }} className={styles['place']} data-beyond-bar={beyondBar}>
        <PlaceIcon size={20} stroke={1.75} aria-hidden />
        <span className={styles['placeName']}>{name}</span>
        {place.key === 'team' && <PendingCount />}
      </Link>
    </Tooltip>
  );
}

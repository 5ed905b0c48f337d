/** «Más» on a phone: the places that the bar has no room for, the person, theme and language. */
import { Drawer } from '@mantine/core';
import { IconDevices, IconKeyboard, IconLogout, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PendingCount } from '@/features/team/PendingCount';
import { useBackCloses } from '@/lib/history/back';
import type { Me } from '@/lib/session/session';
import { leave } from './leave';
import type { Place } from './places';
import { Preferences } from './Preferences';
import styles from './Shell.module.css';

interface Props {
  readonly me: Me;
  readonly places: readonly Place[];
  readonly onClose: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

export default function MoreSheet({ me, places, onClose, onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Drawer opened onClose={onClose} position="bottom" size="auto" classNames={{ content: styles['sheetBox'] ?? '' }} title={t('place.more')} closeButtonProps={{ 'aria-label': t('close'), size: 44 }}>
      <nav aria-label={t('place.more')} className={styles['sheet']}>
        {places.map((place) => (
          <Link key={place.key} to={place.to} onClick={onClose} className={styles['sheetRow']}>
            <place.icon size={20} stroke={1.75} aria-hidden />
            {t(`place.${place.key}`)}
            {place.key === 'team' && <PendingCount />}
          </Link>
        ))}
        <button type="button" className={styles['sheetRow']} onClick={then(onSearch)}>
          <IconSearch size={20} stroke={1.75} aria-hidden />
          {t('search')}
        </button>
        <p className={styles['sheetWho']}>
          {me.user.name} · {me.user.email}
        </p>
        <Preferences size="sm" />
        <Link to="/sessions" onClick={onClose} className={styles['sheetRow']}>
          <IconDevices size={20} stroke={1.75} aria-hidden />
          {t('sessions.title')}
        </Link>
        <button type="button" className={styles['sheetRow']} onClick={then(onHelp)}>
          <IconKeyboard size={20} stroke={1.75} aria-hidden />
          {t('keys.help')}
        </button>
        <button type="button" className={styles['sheetRow']} onClick={then(leave)}>
          <IconLogout size={20} stroke={1.75} aria-hidden />
          {t('leave')}
        </button>
      </nav>
    </Drawer>
  );
}

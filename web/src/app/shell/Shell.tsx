/** What stays while pages change: rail or bottom bar, top bar, demo and connection banners, keys, the live events. */
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { agendaLive } from '@/features/agenda/live';
import { inboxLive } from '@/features/inbox/live';
import { leadsLive } from '@/features/leads/live';
import { notificationsLive } from '@/features/notifications/live';
import { useLive } from '@/lib/live/live';
import { press, useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { undoLast } from '@/lib/undo/undo';
import { signedOut } from '@/app/router';
import { ConnectionBanner } from './ConnectionBanner';
import { DemoBar } from './DemoBar';
import { Navigation } from './Navigation';
import { PLACES } from './places';
import styles from './Shell.module.css';
import { TopBar } from './TopBar';

const Palette = lazy(() => import('./Palette'));
const Help = lazy(() => import('./Help'));
const RULES = [agendaLive, inboxLive, leadsLive, notificationsLive];

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const [palette, paletteOpen] = useDisclosure(false);
  const [help, helpOpen] = useDisclosure(false);
  useLive(RULES, signedOut);
  useShortcut('?', t('keys.help'), helpOpen.open);
  const togglePalette = paletteOpen.toggle;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (command && key === 'k') togglePalette();
      else if (command && key === 'z' && !(event.target instanceof HTMLInputElement) && undoLast()) void 0;
      else {
        press(event);
        return;
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [togglePalette]);
  const places = PLACES.filter((place) => can(me, place.permission));
  return (
    <div className={styles['shell']}>
      <a className="nx-skip" href="#main">
        {t('skip')}
      </a>
      <TopBar me={me} onSearch={paletteOpen.open} onHelp={helpOpen.open} />
      {me.tenant.mode === 'demo' && <DemoBar />}
      <ConnectionBanner />
      <Navigation places={places} onMore={paletteOpen.open} />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
      </main>
      <Suspense>
        {palette && <Palette places={places} onClose={paletteOpen.close} onHelp={helpOpen.open} />}
        {help && <Help onClose={helpOpen.close} />}
      </Suspense>
    </div>
  );
}

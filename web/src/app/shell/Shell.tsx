/** What stays while pages change: rail or bottom bar, top bar, demo and connection banners, keys, the live events. */
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { accountingLive } from '@/features/accounting/live';
import { agendaLive } from '@/features/agenda/live';
import { modelLive } from '@/features/agent/model/live';
import { authLive } from '@/features/auth/live';
import { channelsLive } from '@/features/channels/live';
import { clientsLive } from '@/features/clients/live';
import { broadcastsLive } from '@/features/broadcasts/live';
import { homeLive } from '@/features/home/live';
import { inboxLive } from '@/features/inbox/live';
import { importsLive } from '@/features/imports/live';
import { knowledgeLive } from '@/features/knowledge/live';
import { leadsLive } from '@/features/leads/live';
import { notificationsLive } from '@/features/notifications/live';
import { sellersLive } from '@/features/sellers/live';
import { settingsLive } from '@/features/settings/live';
import { simulatorLive } from '@/features/simulator/live';
import { teamLive } from '@/features/team/live';
import { templatesLive } from '@/features/templates/live';
import { withWords } from '@/lib/i18n';
import { useLive } from '@/lib/live/live';
import { press, useShortcut } from '@/lib/keys/keys';
import { meQuery, useMe } from '@/lib/session/session';
import { undoLast } from '@/lib/undo/undo';
import { useBuyerWords } from '@/lib/vocabulary/vocabulary';
import { owing } from '@/app/router';
import { cache } from '@/app/routes/root';
import { ConnectionBanner } from './ConnectionBanner';
import { DemoBar } from './DemoBar';
import { Navigation } from './Navigation';
import { isShut, placesBeyondBar, placesOf } from './places';
import { enterRegion, nextRegion, regionsOf } from '@/lib/keys/regions';
import styles from './Shell.module.css';
import { TopBar } from './TopBar';

const Palette = lazy(() => withWords(import('./Palette')));
const MoreSheet = lazy(() => import('./MoreSheet'));
const Help = lazy(() => import('./Help'));
const RULES = [
  accountingLive, agendaLive, authLive, broadcastsLive, channelsLive, inboxLive, knowledgeLive, leadsLive,
  modelLive, notificationsLive, sellersLive, settingsLive, importsLive, clientsLive, homeLive,
  simulatorLive, teamLive,
  templatesLive,
];

/** The socket was refused: logged out, or only in debt of a second factor? Whoever asks is told, and sent there. */
function askAgain(): void {
  void cache.invalidateQueries({ queryKey: meQuery.queryKey });
}

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  useBuyerWords(me);
  const [palette, paletteOpen] = useDisclosure(false);
  const [more, moreOpen] = useDisclosure(false);
  const shell = useRef<HTMLDivElement>(null);
  const [help, helpOpen] = useDisclosure(false);
  useLive(RULES, askAgain);
  useEffect(() => {
    if (me.owes_totp) owing();
  }, [me.owes_totp]);
  useShortcut('?', t('keys.help'), helpOpen.open);
  const togglePalette = paletteOpen.toggle;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (command && key === 'k') togglePalette();
      else if (event.key === 'F6' && !command && shell.current && !document.querySelector('[aria-modal="true"]')) {
        const next = nextRegion(regionsOf(shell.current), document.activeElement, event.shiftKey ? -1 : 1);
        if (next) enterRegion(next);
      }
      else if (command && key === 'z' && !writing(event.target) && undoLast()) void 0;
      else {
        press(event);
        return;
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [togglePalette]);
  const places = placesOf(me);
  const shut = useLocation({ select: ({ pathname }) => isShut(me, pathname) });
  return (
    <div className={styles['shell']} ref={shell}>
      <a className="nx-skip" href="#main">
        {t('skip')}
      </a>
      <TopBar me={me} onSearch={paletteOpen.open} onHelp={helpOpen.open} />
      {me.tenant.mode === 'demo' && <DemoBar />}
      <ConnectionBanner />
      <Navigation places={places} onMore={moreOpen.open} />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <ErrorBoundary>
          {shut ? <Empty>{t('problem.forbidden')}</Empty> : <Outlet />}
        </ErrorBoundary>
      </main>
      <Suspense>
        {palette && <Palette places={places} onClose={paletteOpen.close} onHelp={helpOpen.open} />}
        {more && (
          <MoreSheet
            me={me}
            places={placesBeyondBar(places)}
            onClose={moreOpen.close}
            onSearch={paletteOpen.open}
            onHelp={helpOpen.open}
          />
        )}
        {help && <Help onClose={helpOpen.close} />}
      </Suspense>
    </div>
  );
}

/** In a text the browser takes back what was typed. */
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

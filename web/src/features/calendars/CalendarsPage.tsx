/** Google Calendar: whose calendar is asked, how each fares, and which shared one is whose. */
import { Alert, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { calendarsQuery, type Calendar, type Calendars } from '@/lib/calendars/calendars';
import { can, useMe } from '@/lib/session/session';
import { CalendarCard, type Act } from './CalendarCard';
import styles from './Calendars.module.css';
import { Shared } from './Shared';
import { returnOf } from './words';

const ChooseCalendar = lazy(() => import('./ChooseCalendar'));
const Disconnect = lazy(() => import('./Disconnect'));

export function CalendarsPage() {
  const { t } = useTranslation();
  const query = useQuery(calendarsQuery);
  const [asked, setAsked] = useState<{ readonly act: Act; readonly calendar: Calendar } | null>(null);
  const close = () => setAsked(null);
  return (
    <div className={styles['page']}>
      <Stack gap="lg" maw={960} mx="auto">
        <Title order={1}>{t('calendars.title')}</Title>
        <Text c="var(--nx-text2)" maw={640}>
          {t('calendars.hint')} <Link to="/calendar">{t('calendars.agenda')}</Link>
        </Text>
        <CameBack stale={query.data?.items.some(({ state }) => state === 'lost') ?? false} />
        {query.isPending && <Waiting rows={3} height={120} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.data && <List calendars={query.data} onAsk={(act, calendar) => setAsked({ act, calendar })} />}
      </Stack>
      <Suspense>
        {asked?.act === 'choose' && <ChooseCalendar calendar={asked.calendar} onClose={close} />}
        {asked?.act === 'disconnect' && <Disconnect calendar={asked.calendar} onClose={close} />}
      </Suspense>
    </div>
  );
}

interface ListProps {
  readonly calendars: Calendars;
  readonly onAsk: (act: Act, calendar: Calendar) => void;
}

function List({ calendars, onAsk }: ListProps) {
  const { t } = useTranslation();
  const me = useMe();
  if (calendars.items.length === 0) return <Empty>{t('calendars.none')}</Empty>;
  const keeper = can(me, 'vault.write');
  return (
    <>
      {!calendars.oauth_ready && calendars.items.some(({ may_change }) => may_change) && (
        <Alert color="primary" variant="light">
          {keeper ? (
            <>
              {t('calendars.setUp')} <Link to="/integrations">{t('calendars.toVault')}</Link>
            </>
          ) : (
            t('calendars.askForSetUp')
          )}
        </Alert>
      )}
      {calendars.items.map((calendar) => (
        <CalendarCard key={calendar.seller_id} calendar={calendar} oauthReady={calendars.oauth_ready} onAsk={(act) => onAsk(act, calendar)} />
      ))}
      {keeper && <Shared calendars={calendars} />}
    </>
  );
}

/** Google's page has sent the browser back here; that all is well is said no longer than it is. */
function CameBack({ stale }: { readonly stale: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const outcome = returnOf(useSearch({ from: '/shell/calendars' }).google);
  if (outcome === null || (outcome === 'connected' && stale)) return null;
  return (
    <Alert
      role="status"
      variant="light"
      color={outcome === 'connected' ? 'ok' : 'danger'}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={() => void navigate({ to: '/calendars', search: {}, replace: true })}
    >
      {t(`calendars.return.${outcome}`)}
    </Alert>
  );
}

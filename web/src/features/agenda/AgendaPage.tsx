/** Agenda: who is free, and why not. The address says what is shown; the grid's code is not needed on a phone. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { mirroredQuery } from '@/lib/calendars/calendars';
import { useCreating } from '@/lib/history/create';
import { can, useMe, type Me } from '@/lib/session/session';
import styles from './Agenda.module.css';
import { usePhone, type Anchor } from './Anchored';
import { calendarEvents, outsideHours } from './calendarEvents';
import type { Range } from './CalendarGrid';
import { useCancel, useMoveByHand } from './change';
import { DayList } from './DayList';
import { EventCard } from './EventCard';
import { MeetingForm, type Draft } from './MeetingForm';
import { useHolds, withHolds } from './holds';
import { withMirrored } from './mirrored';
import { dayOf, firstWeekday, windowOf } from './period';
import { eventsQuery, sellersQuery, type AgendaEvent, type Seller } from './queries';
import { readSearch, type AgendaSearchInput } from './search';
import { chosenAt } from './TimePicker';
import { TellPrompt } from './TellPrompt';
import { Toolbar } from './Toolbar';
import { WhyCard } from './WhyCard';

const CalendarGrid = lazy(() => import('./CalendarGrid'));
const LENGTH = 30;
const MINUTE_MS = 60_000;

export function AgendaPage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const phone = usePhone();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/calendar' });
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<{ readonly id: number; readonly at: Anchor } | null>(null);
  const [doubted, setDoubted] = useState<{ readonly moment: Date; readonly at: Anchor } | null>(null);
  const [told, setTold] = useState<AgendaEvent | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const view = phone ? 'day' : (search.view ?? 'week');
  const day = search.date ?? dayOf(new Date());
  const hidden = search.hide ?? [];
  const window = windowOf(view, day, firstWeekday(i18n.language));
  const sellersRead = useQuery(sellersQuery);
  const eventsRead = useQuery(eventsQuery(window));
  const sellers = sellersRead.data ?? [];
  const shown = sellers.filter(({ id }) => !hidden.includes(id));
  const active = shown.filter((seller) => seller.active);
  const mirroredRead = useQuery(mirroredQuery(window));
  const holds = useHolds(window).filter(({ seller_id }) => !hidden.includes(seller_id));
  const events = withHolds(withMirrored(eventsRead.data ?? [], mirroredRead.data ?? [], sellers), holds).filter(
    ({ seller_id }) => !hidden.includes(seller_id),
  );
  const moveByHand = useMoveByHand(setTold);
  const cancelEvent = useCancel(setTold);
  const bookable = can(me, 'agenda.book') && sellers.some((seller) => seller.active);
  const change = (changed: AgendaSearchInput) =>
    void navigate({ to: '/calendar', search: readSearch({ ...search, ...changed }), replace: true });
  const begin = (from: Partial<Draft>) =>
    setDraft({ sellerId: firstSeller(me, active, sellers), chosen: { day, time: '' }, minutes: LENGTH, leadId: null, ...from });
  const { creating, end } = useCreating();
  const linked: Draft | null =
    (search.lead ?? creating) && bookable
      ? { sellerId: firstSeller(me, active, sellers), chosen: { day, time: '' }, minutes: LENGTH, leadId: search.lead ?? null }
      : null;
  const form = draft ?? linked;
  const pick = ({ start, end, allDay }: Range, at: Anchor) => {
    if (asking) {
      if (!allDay) setDoubted({ moment: start, at });
    } else if (bookable) {
      const minutes = end ? Math.max(5, Math.round((end.getTime() - start.getTime()) / MINUTE_MS)) : LENGTH;
      begin({ minutes, chosen: allDay ? { day: dayOf(start), time: '' } : chosenAt(start) });
    }
  };
  const event = events.find(({ id }) => id === opened?.id);
  const error = eventsRead.error ?? sellersRead.error;
  const ready = eventsRead.data !== undefined && sellersRead.data !== undefined;
  return (
    <div className={styles['page']}>
      <Toolbar
        view={view}
        day={day}
        phone={phone}
        sellers={sellers}
        hidden={hidden}
        asking={asking}
        onDay={(date) => change({ date: date === dayOf(new Date()) ? undefined : date })}
        onView={(next) => change({ view: next })}
        onHide={(hide) => change({ hide })}
        onAsk={setAsking}
        onBook={bookable ? () => begin({}) : null}
      />
      {asking && <p className={styles['hint']}>{t('agenda.askHint')}</p>}
      {holds.length > 0 && (
        <p className={styles['legend']}>
          <span className={styles['heldMark']} aria-hidden />
          {t('agenda.hold.legend')}
        </p>
      )}
      {ready && events.length === 0 && !phone && <p className={styles['hint']}>{t(`agenda.empty.${view}`)}</p>}
      <section className={styles['region']} aria-label={t('place.agenda')} aria-busy={!ready}>
        {error && !ready && <ErrorBox error={error} retry={() => void Promise.all([eventsRead.refetch(), sellersRead.refetch()])} />}
        {!error && sellersRead.isPending && <Waiting rows={phone ? 6 : 12} height={phone ? 56 : 40} />}
        {phone && ready && events.length > 0 && (
          <DayList events={events} sellers={sellers} onOpen={({ id }, at) => setOpened({ id, at })} />
        )}
        {phone && ready && events.length === 0 && <Empty>{t('agenda.empty.day')}</Empty>}
        {!phone && sellersRead.data && (ready || !error) && (
          <ErrorBoundary>
            <Suspense fallback={<Waiting rows={12} />}>
              <CalendarGrid
                view={view}
                day={day}
                events={[
                  ...calendarEvents(events, { sellers, hidden, movable: can(me, 'agenda.write') }),
                  ...(view !== 'month' && shown.length === 1 ? outsideHours(shown[0], window) : []),
                ]}
                selectable={bookable}
                asking={asking}
                onPick={pick}
                onOpen={({ id }, at) => setOpened({ id, at })}
                onMove={(moved, { start, end }, snapBack) =>
                  moveByHand({ event: moved, starts_at: start.toISOString(), ends_at: end.toISOString() }, snapBack)
                }
              />
            </Suspense>
          </ErrorBoundary>
        )}
      </section>
      {opened && event && (
        <EventCard
          event={event}
          at={opened.at}
          seller={sellers.find(({ id }) => id === event.seller_id)}
          onClose={() => setOpened(null)}
          onReschedule={() => {
            setOpened(null);
            setDraft(draftOf(event));
          }}
          onCancel={() => {
            setOpened(null);
            cancelEvent(event);
          }}
        />
      )}
      {doubted && (
        <WhyCard
          moment={doubted.moment}
          at={doubted.at}
          sellers={active}
          onClose={() => setDoubted(null)}
          onBook={
            bookable
              ? (seller) => {
                  setDoubted(null);
                  begin({ sellerId: seller.id, chosen: chosenAt(doubted.moment) });
                }
              : null
          }
        />
      )}
      {form && (
        <MeetingForm
          draft={form}
          sellers={sellers}
          asks={setTold}
          onClose={() => {
            setDraft(null);
            if (search.lead) change({ lead: undefined });
            else end();
          }}
        />
      )}
      {told && told.lead_id !== null && <TellPrompt key={`${told.id} ${told.status} ${told.starts_at}`} event={told} onClose={() => setTold(null)} />}
    </div>
  );
}

function draftOf(event: AgendaEvent): Draft {
  const [start, end] = [new Date(event.starts_at), new Date(event.ends_at)];
  const minutes = Math.round((end.getTime() - start.getTime()) / MINUTE_MS);
  return { sellerId: event.seller_id, chosen: chosenAt(start), minutes, leadId: event.lead_id, event };
}

/** The reader's own agenda where it is shown, else the first one that is. */
function firstSeller(me: Me, active: readonly Seller[], sellers: readonly Seller[]): number {
  const own = active.find(({ user_id }) => user_id === me.user.id);
  return (own ?? active[0] ?? sellers.find((seller) => seller.active))?.id ?? 0;
}

/** Week, day and month as a grid that is dragged in: FullCalendar in our colours. Its code comes with its first use. */
import FullCalendar, {
  type CalendarRef,
  type DayLaneInfo,
  type EventChangeInfo,
  type EventDisplayInfo,
  type EventInput,
  type MountInfo,
} from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import classic from '@fullcalendar/react/themes/classic';
import timeGrid from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, localeOf } from '@/lib/i18n/format';
import type { Anchor } from './Anchored';
import { isMuted } from './calendarEvents';
import styles from './Calendar.module.css';
import { isHold } from './holds';
import { firstWeekday } from './period';
import type { AgendaEvent } from './queries';
import type { View } from './search';
import { nameOf, statusOf } from './words';

export interface Range {
  readonly start: Date;
  readonly end: Date | null;
  /** A whole day of the month, without a time. */
  readonly allDay: boolean;
}

interface Props {
  readonly view: View;
  readonly day: string;
  readonly events: readonly EventInput[];
  readonly selectable: boolean;
  readonly asking: boolean;
  readonly onPick: (range: Range, at: Anchor) => void;
  readonly onOpen: (event: AgendaEvent, at: Anchor) => void;
  readonly onMove: (event: AgendaEvent, to: { readonly start: Date; readonly end: Date }, snapBack: () => void) => void;
}

const PLUGINS = [dayGrid, timeGrid, interaction, classic];
const VIEW_NAMES = { day: 'timeGridDay', week: 'timeGridWeek', month: 'dayGridMonth' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const TOUCH_MS = 350;
const DRAG_PX = 5;
const SLOT_PX = 36;
const SHORT_MS = 25 * 60_000;

export default function CalendarGrid({ view, day, events, selectable, asking, onPick, onOpen, onMove }: Props) {
  const { t, i18n } = useTranslation();
  const calendar = useRef<CalendarRef>(null);
  useEffect(() => {
    // After this drawing: the calendar draws by flushSync, which React refuses inside an effect.
    const timer = setTimeout(() => calendar.current?.getApi().changeView(VIEW_NAMES[view], day));
    return () => clearTimeout(timer);
  }, [view, day]);
  const change = ({ event, revert }: EventChangeInfo) => {
    const { start, end } = event;
    if (start && end) onMove(told(event.extendedProps), { start, end }, revert);
  };
  return (
    <div className={styles['calendar']} data-asking={asking} data-testid="calendar">
      <FullCalendar
        ref={calendar}
        plugins={PLUGINS}
        initialView={VIEW_NAMES[view]}
        initialDate={day}
        events={[...events]}
        headerToolbar={false}
        height="100%"
        borderless
        locale={localeOf(i18n.language)}
        firstDay={firstWeekday(i18n.language)}
        allDaySlot={false}
        nowIndicator
        expandRows
        scrollTime="08:00:00"
        scrollTimeReset={false}
        slotDuration="00:30:00"
        snapDuration="00:15:00"
        slotMinHeight={SLOT_PX}
        eventMinHeight={24}
        slotEventOverlap={false}
        slotHeaderFormat={CLOCK}
        eventTimeFormat={CLOCK}
        dayHeaderFormat={view === 'month' ? { weekday: 'short' } : { weekday: 'short', day: 'numeric' }}
        dayMaxEvents
        moreLinkText={(count) => t('agenda.more', { count })}
        moreLinkHint={(count) => t('agenda.more', { count })}
        moreLinkClass={styles['more'] ?? ''}
        closeHint={t('agenda.close')}
        eventsHint={t('agenda.events')}
        longPressDelay={TOUCH_MS}
        eventDragMinDistance={DRAG_PX}
        selectMinDistance={DRAG_PX}
        dragRevertDuration={200}
        selectable={selectable && !asking}
        selectMirror
        eventInteractive
        dayLaneDidMount={openToKeys}
        dayLaneClass={styles['lane'] ?? ''}
        eventDisplay="block"
        eventContent={(info) => <EventBody info={info} />}
        eventClass={(info) => eventClass(info)}
        backgroundEventClass={styles['outside'] ?? ''}
        backgroundEventContent={() => <span className={styles['outsideWord']}>{t('agenda.outside')}</span>}
        dayHeaderInnerClass={styles['dayHeader'] ?? ''}
        slotHeaderInnerClass={styles['slotHeader'] ?? ''}
        dateClick={({ date, allDay, jsEvent }) =>
          onPick({ start: allDay ? date : slotOf(date), end: null, allDay }, { x: jsEvent.clientX, y: jsEvent.clientY })
        }
        select={({ start, end, allDay, jsEvent }) => {
          calendar.current?.getApi().unselect();
          onPick({ start, end: allDay ? null : end, allDay }, { x: jsEvent?.clientX ?? 0, y: jsEvent?.clientY ?? 0 });
        }}
        eventClick={({ event, el }) => {
          const { left, top, width, height } = el.getBoundingClientRect();
          onOpen(told(event.extendedProps), { x: left + width / 2, y: top + height / 2, pressed: el });
        }}
        eventDrop={change}
        eventResize={change}
      />
    </div>
  );
}

/** The drawn slot that holds this moment: a drag is finer than the lines, a click is not. */
function slotOf(moment: Date): Date {
  const slot = new Date(moment);
  slot.setMinutes(slot.getMinutes() < 30 ? 0 : 30, 0, 0);
  return slot;
}

/** A week without meetings holds nothing to step to: its first day can be, so that keys scroll the hours. */
function openToKeys({ el, date, view }: MountInfo<DayLaneInfo>): void {
  if (date.getTime() === view.activeStart.getTime()) el.tabIndex = 0;
}

function EventBody({ info }: { readonly info: EventDisplayInfo }) {
  const { t, i18n } = useTranslation();
  const event = info.event.extendedProps['event'] as AgendaEvent | undefined;
  const start = info.event.start;
  const at = start ? clock(start.toISOString(), i18n.language) : '';
  if (!event) return <span className={styles['eventTime']}>{at}</span>;
  const status = statusOf(event, t, i18n.language);
  const length = Date.parse(event.ends_at) - Date.parse(event.starts_at);
  const oneLine = info.view.type === VIEW_NAMES.month || length < SHORT_MS;
  return (
    <span className={styles['event']} data-lines={oneLine ? 1 : 2} title={`${nameOf(event, t)}, ${event.seller_name}`}>
      <span className={styles['eventLine']}>
        <span className={styles['eventTime']}>{at}</span> <span className={styles['eventName']}>{nameOf(event, t)}</span>
      </span>{' '}
      <span className={styles['eventLine']}>
        {(isHold(event) ? [status, event.seller_name] : [event.seller_name, status]).filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}

function eventClass({ event }: EventDisplayInfo): string {
  const told = event.extendedProps['event'] as AgendaEvent | undefined;
  const look = told && isHold(told) ? 'held' : told && isMuted(told) ? 'muted' : null;
  return [styles['block'], look && styles[look]].filter(Boolean).join(' ');
}

function told(props: Readonly<Record<string, unknown>>): AgendaEvent {
  return props['event'] as AgendaEvent;
}

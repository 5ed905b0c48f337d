/** The agenda of one day on a phone: a list of events, earliest first. */
import { useTranslation } from 'react-i18next';
import { clock } from '@/lib/i18n/format';
import styles from './Agenda.module.css';
import type { Anchor } from './Anchored';
import { colourOf, isMuted } from './calendarEvents';
import { isHold } from './holds';
import type { AgendaEvent, Seller } from './queries';
import { nameOf, statusOf } from './words';

interface Props {
  readonly events: readonly AgendaEvent[];
  readonly sellers: readonly Seller[];
  readonly onOpen: (event: AgendaEvent, at: Anchor) => void;
}

export function DayList({ events, sellers, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={styles['dayList']} aria-label={t('agenda.events')}>
      {events.map((event) => {
        const status = statusOf(event, t, i18n.language);
        const colour = isMuted(event) ? 'muted' : colourOf(event.seller_id, sellers);
        return (
          <li key={event.id}>
            <button type="button" className={styles['dayRow']} onClick={({ currentTarget }) => onOpen(event, { x: 0, y: 0, pressed: currentTarget })}>
              <span className={styles['dayTimes']}>
                <span>{clock(event.starts_at, i18n.language)}</span>
                <span>{clock(event.ends_at, i18n.language)}</span>
              </span>
              <span className={styles['dayMark']} data-held={isHold(event) || undefined} style={isHold(event) ? undefined : { background: `var(--nx-${colour}-fg)` }} />
              <span className={styles['dayWhat']}>
                <strong>{nameOf(event, t)}</strong>
                <span>
                  {event.seller_name}
                  {status && ` · ${status}`}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

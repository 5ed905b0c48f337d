/** One notification: a link to its record, with a dot while it is new. */
import { IconAlertTriangle, IconBulb, IconCalendarEvent, IconChecklist, IconFileImport, IconFlame, IconHandStop, IconKey, IconMessage, IconPencil, IconShieldLock, IconUserPlus } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import styles from './Bell.module.css';
import { recordOf, type Notification } from './queries';
import { useWords } from './words';

const ICONS = {
  person_needed: IconHandStop,
  draft_waiting: IconPencil,
  failure: IconAlertTriangle,
  booking: IconCalendarEvent,
  calendar_lost: IconAlertTriangle,
  budget_reached: IconAlertTriangle,
  lead_received: IconUserPlus,
  webhook_failing: IconAlertTriangle,
  import_finished: IconFileImport,
  meeting_moved: IconCalendarEvent,
  meeting_cancelled: IconCalendarEvent,
  hot_lead: IconFlame,
  mention: IconMessage,
  task_due: IconChecklist,
  learned_answer: IconBulb,
  account_waiting: IconUserPlus,
  reset_asked: IconKey,
  password_reset: IconShieldLock,
  recovery_code_used: IconShieldLock,
  totp_reset: IconShieldLock,
  codes_refused: IconShieldLock,
} as const;

interface Props {
  readonly row: Notification;
  readonly onOpen: (row: Notification) => void;
}

export function BellLine({ row, onOpen }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const words = useWords();
  const href = recordOf(row);
  const Icon = ICONS[row.kind];
  return (
    <li>
      <a
        href={href}
        className={styles['line']}
        data-new={row.read_at === null}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen(row);
          void router.navigate({ href });
        }}
      >
        <span className={styles['icon']} data-kind={row.kind}>
          <Icon size={18} stroke={1.75} aria-hidden />
        </span>
        <span className={styles['words']}>{words(row)}</span>
        <span className={styles['when']}>
          {row.read_at === null && (
            <span className={styles['dot']} role="img" aria-label={t('bellList.new')} title={t('bellList.new')} />
          )}
          <Ago at={row.created_at} />
        </span>
      </a>
    </li>
  );
}

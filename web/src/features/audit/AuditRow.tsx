/** One line of the log. It asks for nothing itself: hundreds are drawn while one scrolls. */
import { IconAlertOctagon, IconAlertTriangle, IconBan } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { Badge } from '@/components/Badge';
import { ago, exact } from '@/lib/i18n/format';
import styles from './Audit.module.css';
import type { AuditLine } from './queries';
import { aboutWhat, actionName, outcome, whoDid } from './words';

/** What every row is drawn with. */
export interface Words {
  readonly t: TFunction;
  readonly language: string;
  readonly names: ReadonlyMap<number, string>;
}

interface Props {
  readonly line: AuditLine;
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly current: boolean;
  readonly open: boolean;
  readonly now: number;
  readonly words: Words;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (line: AuditLine) => void;
}

export const AuditRow = memo(function AuditRow({ line, index, start, size, current, open, now, words, onFocus, onOpen }: Props) {
  const { t, language, names } = words;
  const ended = outcome(line);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-open={open}
      tabIndex={current ? 0 : -1}
      className={styles['row']}
      style={{ height: size, transform: `translateY(${start}px)` }}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(line)}
    >
      <span role="gridcell" data-column="when">
        <time dateTime={line.occurred_at} title={exact(line.occurred_at, language)}>
          {ago(line.occurred_at, now, language)}
        </time>
      </span>
      <span role="gridcell" data-column="who">
        {whoDid(line.user_id, names, t)}
      </span>
      <span role="gridcell" data-column="what" title={line.action}>
        {actionName(line.action, t)}
      </span>
      <span role="gridcell" data-column="subject" title={line.subject ?? undefined}>
        {aboutWhat(line.subject, names, t)}
      </span>
      <span role="gridcell" data-column="severity">
        <Grave severity={line.severity} ended={ended} t={t} />
      </span>
    </div>
  );
});

interface GraveProps {
  readonly severity: AuditLine['severity'];
  readonly ended: ReturnType<typeof outcome>;
  readonly t: TFunction;
}

/** The normal is unmarked (UI §1.1); a refusal says that it is one. */
export function Grave({ severity, ended, t }: GraveProps) {
  if (severity === 'critical') {
    return (
      <Badge meaning="inverse" icon={<IconAlertOctagon size={14} aria-hidden />}>
        {t('audit.level.critical')}
      </Badge>
    );
  }
  if (severity === 'error' || ended === 'failed') {
    return (
      <Badge meaning="danger" icon={<IconAlertTriangle size={14} aria-hidden />}>
        {ended === 'failed' ? t('audit.failed') : t('audit.level.error')}
      </Badge>
    );
  }
  if (severity === 'info' && ended === null) return null;
  return (
    <Badge meaning="note" icon={ended ? <IconBan size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}>
      {ended ? t('audit.refused') : t('audit.level.warning')}
    </Badge>
  );
}

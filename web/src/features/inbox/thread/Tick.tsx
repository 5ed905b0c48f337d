/** Where an outgoing message is: clock, ✓, ✓✓, ✓✓ read, «!» failed, «?» not confirmed (UI §2), and why where it failed. */
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { whyNotSent } from '@/features/inbox/composer/refusals';
import styles from './Thread.module.css';

const MARKS = {
  queued: [IconClock, 'meta'],
  sent: [IconCheck, 'meta'],
  delivered: [IconChecks, 'meta'],
  read: [IconChecks, 'primary-fg'],
  failed: [IconAlertCircle, 'danger-fg'],
  refused: [IconAlertCircle, 'danger-fg'],
  unknown: [IconHelpCircle, 'note-fg'],
} as const;

type Status = keyof typeof MARKS;

export function Tick({ status, errorCode }: { readonly status: string; readonly errorCode: string | null }) {
  const { t } = useTranslation();
  const known = (Object.keys(MARKS) as Status[]).find((name) => name === status);
  if (!known) return null;
  const [Mark, colour] = MARKS[known];
  const label = t(`tick.${known}`);
  const loud = known === 'failed' || known === 'refused' || known === 'unknown';
  const failed = known === 'failed' || known === 'refused';
  return (
    <span className={styles['tick']} title={label} style={{ color: `var(--nx-${colour})` }}>
      <Mark size={14} {...(loud ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })} />
      {loud && label}
      {failed && errorCode !== null && `: ${whyNotSent(errorCode, t)}`}
    </span>
  );
}

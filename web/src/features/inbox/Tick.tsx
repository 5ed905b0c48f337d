/** Where an outgoing message is: clock, ✓, ✓✓, ✓✓ read, «!» failed, «?» not confirmed (UI §2). */
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

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

export function Tick({ status }: { readonly status: string }) {
  const { t } = useTranslation();
  const known = (Object.keys(MARKS) as Status[]).find((name) => name === status);
  if (!known) return null;
  const [Mark, colour] = MARKS[known];
  const label = t(`tick.${known}`);
  const loud = known === 'failed' || known === 'refused' || known === 'unknown';
  return (
    <span title={label} style={{ color: `var(--nx-${colour})`, display: 'inline-flex', gap: 4, alignItems: 'center' }}>
      <Mark size={14} role="img" aria-label={label} />
      {loud && <span aria-hidden>{label}</span>}
    </span>
  );
}

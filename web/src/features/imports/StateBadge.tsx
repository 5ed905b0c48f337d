/** Where an import stands, where that is not simply done (UI §1.1). */
import { IconArrowBackUp, IconCircleX, IconLoader2, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import type { MeaningName } from '@/lib/theme/tokens';
import type { Import } from './queries';

const LOOKS: Readonly<Record<Exclude<Import['state'], 'done'>, readonly [MeaningName, ReactNode]>> = {
  draft: ['note', <IconPencil key="draft" size={14} aria-hidden />],
  checked: ['note', <IconPencil key="checked" size={14} aria-hidden />],
  checking: ['primary', <IconLoader2 key="checking" size={14} aria-hidden />],
  running: ['primary', <IconLoader2 key="running" size={14} aria-hidden />],
  undoing: ['primary', <IconLoader2 key="undoing" size={14} aria-hidden />],
  cancelled: ['muted', <IconCircleX key="cancelled" size={14} aria-hidden />],
  undone: ['muted', <IconArrowBackUp key="undone" size={14} aria-hidden />],
};

export function StateBadge({ state }: Pick<Import, 'state'>) {
  const { t } = useTranslation();
  if (state === 'done') return null;
  const look = LOOKS[state];
  return (
    <Badge meaning={look[0]} icon={look[1]}>
      {t(`imports.state.${state}`)}
    </Badge>
  );
}

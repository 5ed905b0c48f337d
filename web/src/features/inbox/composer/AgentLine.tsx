/** Why the agent does not answer by itself: in pause with the way back, proposing, or off. Nothing where it answers. */
import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clock, weekday } from '@/lib/i18n/format';
import { useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { useActs } from '@/features/inbox/acts';
import { MODE_ICONS } from '@/features/inbox/modes';
import { modeOf, pauseLeft, type Conversation } from '@/features/inbox/queries';
import styles from './Composer.module.css';

const HOUR_MS = 3_600_000;

export function AgentLine({ conversation }: { readonly conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { tenant } = useMe();
  const acts = useActs(conversation);
  const agent = tenant.agent_name;
  const mode = modeOf(conversation, tenant.agent_mode);
  const pause = pauseLeft(conversation, now);
  if (pause > 0 && mode !== 'off') {
    const until = conversation.agent_paused_until ?? '';
    return (
      <div className={styles['line']}>
        <IconPlayerPause size={14} aria-hidden />
        <span title={`${weekday(until, i18n.language)}, ${clock(until, i18n.language)}`}>
          {t('inbox.paused', { agent, hours: Math.max(1, Math.round(pause / HOUR_MS)) })}
        </span>
        <Button size="compact-xs" variant="subtle" onClick={acts.giveBack}>
          {t('inbox.return')}
        </Button>
      </div>
    );
  }
  if (mode === 'autopilot') return null;
  const ModeIcon = MODE_ICONS[mode];
  return (
    <div className={styles['line']}>
      <ModeIcon size={14} aria-hidden />
      {t(`mode.line.${mode}`, { agent })}
    </div>
  );
}

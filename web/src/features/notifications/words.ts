/** What a notification says: what has happened, to whom. */
import { useTranslation } from 'react-i18next';
import { clock, weekday } from '@/lib/i18n/format';
import { useTeam } from '@/lib/team/team';
import type { Notification } from './queries';

export function useWords(): (notification: Notification) => string {
  const { t, i18n } = useTranslation();
  const team = useTeam();
  return ({ kind, lead_name, data }) => {
    const name = lead_name ?? t('bell.somebody');
    switch (kind) {
      case 'person_needed':
        if (data.cause === 'calendar_conflict') return t('bell.calendarConflict', { name });
        if (data.cause === 'audio_unheard') return t('bell.audioUnheard', { name });
        return data.cause === 'blocked_message' ? t('bell.blocked', { name }) : t('bell.personNeeded', { name });
      case 'draft_waiting':
        return t('bell.draftWaiting', { name });
      case 'failure':
        if (data.cause === 'send_uncertain') return t('bell.sendUncertain', { name });
        return data.cause === 'send_failed' ? t('bell.sendFailed', { name }) : t('bell.agentFailed', { name });
      case 'booking':
      case 'meeting_moved':
      case 'meeting_cancelled': {
        const at = data.starts_at ?? '';
        const when = `${weekday(at, i18n.language)}, ${clock(at, i18n.language)}`;
        if (kind === 'booking') return t('bell.booking', { name, when });
        return kind === 'meeting_moved' ? t('bell.meetingMoved', { name, when }) : t('bell.meetingCancelled', { name, when });
      }
      case 'hot_lead':
        return t('bell.hotLead', { name, score: data.score ?? 0 });
      case 'lead_received':
        return t('bell.leadReceived', { name });
      case 'import_finished':
        return t('bell.importFinished', { created: data.created ?? 0, changed: data.changed ?? 0, refused: data.refused ?? 0 });
      case 'webhook_failing':
        return t('bell.webhookFailing');
      case 'budget_reached':
        return t('bell.budgetReached');
      case 'calendar_lost':
        return t('bell.calendarLost');
      case 'learned_answer':
        return t('bell.learnedAnswer');
      case 'mention':
        return t('bell.mention', { name });
      case 'task_due':
        return t('bell.taskDue', { name });
      case 'account_waiting':
        return t('bell.accountWaiting');
      case 'reset_asked':
        return t('bell.resetAsked');
      case 'password_reset': {
        if (data.link_by === 'person') return t('bell.resetByMail');
        const at = data.link_at ?? '';
        const when = `${weekday(at, i18n.language)}, ${clock(at, i18n.language)}`;
        const maker = team.find(({ id }) => id === data.by_user_id)?.name;
        return maker ? t('bell.resetByCeo', { name: maker, when }) : t('bell.resetByOperator', { when });
      }
      case 'recovery_code_used':
        return t('bell.recoveryCodeUsed');
      case 'totp_reset':
        return t('bell.totpReset');
      case 'codes_refused':
        return t('bell.codesRefused');
    }
  };
}

/** What a notification says: what has happened, to whom. */
import { useTranslation } from 'react-i18next';
import { clock, weekday } from '@/lib/i18n/format';
import type { Notification } from './queries';

export function useWords(): (notification: Notification) => string {
  const { t, i18n } = useTranslation();
  return ({ kind, lead_name, data }) => {
    const name = lead_name ?? t('bell.somebody');
    switch (kind) {
      case 'person_needed':
        return data.cause === 'blocked_message' ? t('bell.blocked', { name }) : t('bell.personNeeded', { name });
      case 'failure':
        return data.cause === 'send_failed' ? t('bell.sendFailed', { name }) : t('bell.agentFailed', { name });
      case 'booking': {
        const at = data.starts_at ?? '';
        const when = `${weekday(at, i18n.language)}, ${clock(at, i18n.language)}`;
        return t('bell.booking', { name, when });
      }
      case 'hot_lead':
        return t('bell.hotLead', { name, score: data.score ?? 0 });
      case 'mention':
        return t('bell.mention', { name });
      case 'account_waiting':
        return t('bell.accountWaiting');
      case 'recovery_code_used':
        return t('bell.recoveryCodeUsed');
      case 'totp_reset':
        return t('bell.totpReset');
      case 'codes_refused':
        return t('bell.codesRefused');
    }
  };
}

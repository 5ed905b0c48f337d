/** WhatsApp's words about a number in the reader's language; one that we do not know is shown as it came. */
import type { TFunction } from 'i18next';
import type { MeaningName } from '@/lib/theme/tokens';
import type { Channel } from './queries';

const QUALITY = ['GREEN', 'YELLOW', 'RED'] as const;
const STATUS = ['CONNECTED', 'FLAGGED', 'UNFLAGGED', 'RESTRICTED', 'APPROVED', 'REJECTED', 'DELETED', 'BANNED'] as const;
const WRONG_KEY = ['190', 'UNAUTHORIZED', 'HTTP_401', 'FORBIDDEN', 'HTTP_403'];
const OWN = ['not_configured', 'no_answer', 'NO_ACCOUNT'] as const;

export const PROVIDER_NAMES: Readonly<Record<Channel['provider'], string>> = { ycloud: 'YCloud', meta: 'Meta' };

export function qualityWords(quality: string, t: TFunction): string {
  const known = QUALITY.find((each) => each === quality);
  return known ? t(`channels.quality.${known}`) : quality;
}

export function statusWords(status: string, t: TFunction): string {
  const known = STATUS.find((each) => each === status);
  return known ? t(`channels.status.${known}`) : status;
}

export function problemOfCheck(code: string, t: TFunction): string {
  if (WRONG_KEY.includes(code)) return t('channels.check.wrongKey');
  const known = OWN.find((each) => each === code);
  return known ? t(`channels.check.${known}`) : t('channels.check.refused', { code });
}

/** The one state of a number that wants attention; none where all is well. */
export function attention(channel: Channel, simulated: boolean): readonly [MeaningName, 'inactive' | 'noKey' | 'noSecrets' | 'failing' | 'lowQuality'] | null {
  if (!channel.active) return ['muted', 'inactive'];
  if (!simulated && !channel.has_key) return ['danger', 'noKey'];
  if (!simulated && !channel.has_secrets) return ['danger', 'noSecrets'];
  if (channel.check_problem !== null) return ['danger', 'failing'];
  if (channel.quality === 'RED' || channel.provider_status === 'FLAGGED') return ['note', 'lowQuality'];
  return null;
}

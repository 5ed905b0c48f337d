/** What keys and their groups are called. */
import type { TFunction } from 'i18next';
import type { Group } from './groups';
import type { Credential } from './queries';

const KINDS = [
  'api_key',
  'openai_api_key',
  'anthropic_api_key',
  'google_api_key',
  'embedding_api_key',
  'webhook_secrets',
  'client_id',
  'client_secret',
  'service_account',
  'app_secret',
  'access_token',
  'verify_token',
] as const;

/** Meta calls the keys of a number otherwise than we do. */
const OF_META: Readonly<Record<string, (typeof KINDS)[number]>> = { api_key: 'access_token', webhook_secrets: 'app_secret' };

export function kindName({ kind, provider }: Pick<Credential, 'kind' | 'provider'>, t: TFunction): string {
  const name = (provider === 'meta' && OF_META[kind]) || kind;
  const known = KINDS.find((each) => each === name);
  return known ? t(`vault.kind.${known}`) : kind;
}

export function groupName({ service, number }: Group, t: TFunction): string {
  return service === 'whatsapp' ? whatsappName(number?.name ?? '', t) : t(`vault.group.${service}`);
}

const PROVIDERS: Readonly<Partial<Record<Credential['provider'], string>>> = { ycloud: 'YCloud', meta: 'Meta' };

export function servesWords({ service, number, provider }: Group, t: TFunction): string {
  if (service !== 'whatsapp') return t(`vault.serves.${service}`);
  return t('vault.serves.whatsapp', { number: number?.business_number_shown ?? '', provider: PROVIDERS[provider] ?? provider });
}

/** A number that is called as the service itself needs no name beside it. */
function whatsappName(name: string, t: TFunction): string {
  return name.toLowerCase() === 'whatsapp' ? name : t('vault.group.whatsapp', { name });
}

/** The keys of a number of Meta's are called as Meta calls them. */
import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import type { Credential } from './queries';
import { kindName } from './words';

const t = ((key: string) => key) as unknown as TFunction;
const named = (provider: Credential['provider'], kind: string) => kindName({ provider, kind }, t);

it('names a key as its provider does', () => {
  expect([named('ycloud', 'api_key'), named('ycloud', 'webhook_secrets')]).toEqual(['vault.kind.api_key', 'vault.kind.webhook_secrets']);
  expect([named('meta', 'api_key'), named('meta', 'webhook_secrets')]).toEqual(['vault.kind.access_token', 'vault.kind.app_secret']);
  expect([named('meta', 'verify_token'), named('meta', 'unknown')]).toEqual(['vault.kind.verify_token', 'unknown']);
});

import { describe, expect, it } from 'vitest';
import { groupsOf } from './groups';
import type { Credential } from './queries';

function key(provider: Credential['provider'], kind: string, set: boolean, number: Credential['number'] = null): Credential {
  const masks = set ? ['••••1234'] : [];
  return { name: `${provider}:${kind}`, provider, kind, shape: 'line', number, masks, updated_at: null, updated_by: null };
}

const NUMBER = { id: 7, name: 'Ventas', business_number: '+5491155550000', business_number_shown: '+54 9 11 5555-0000' };

describe('the groups of keys', () => {
  it('are one for each number and one for each provider, in the order given', () => {
    const items = [key('ycloud', 'api_key', true, NUMBER), key('ycloud', 'webhook_secrets', false, NUMBER), key('llm', 'api_key', false)];
    const groups = groupsOf({ items, simulated: [] });
    expect(groups.map(({ service, state, keys }) => [service, state, keys.length])).toEqual([
      ['whatsapp', 'partly', 2],
      ['llm', 'missing', 1],
    ]);
  });

  it('are a demo whatever is set, where a demo answers', () => {
    const items = [key('ycloud', 'api_key', true, NUMBER), key('llm', 'api_key', true)];
    expect(groupsOf({ items, simulated: ['ycloud'] }).map(({ state }) => state)).toEqual(['demo', 'real']);
  });

  it.each([
    [['client_id'], 'partly'],
    [['client_id', 'client_secret'], 'real'],
    [['service_account'], 'real'],
    [[], 'missing'],
  ])('Google with %j is %s', (set, state) => {
    const items = ['client_id', 'client_secret', 'service_account'].map((kind) => key('google', kind, set.includes(kind)));
    expect(groupsOf({ items, simulated: [] })[0]?.state).toBe(state);
  });
});

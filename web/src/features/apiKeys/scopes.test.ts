import { describe, expect, it } from 'vitest';
import type { RightsTable } from '@/lib/team/rights';
import type { ApiKey } from './queries';
import { groupsFor, stateOf } from './scopes';

const nobody = { ceo: 'tenant', secretary: 'none', setter: 'none', closer: 'none', professional: 'none' } as const;
const table: RightsTable = {
  roles: ['ceo', 'professional', 'secretary', 'setter', 'closer'],
  items: [
    { permission: 'leads.read', scopes: { ...nobody, closer: 'own' } },
    { permission: 'pipeline.read', scopes: { ...nobody, closer: 'own' } },
    { permission: 'reports.read', scopes: nobody },
    { permission: 'vault.read', scopes: nobody },
    { permission: 'team.read', scopes: { ...nobody, closer: 'tenant' } },
  ],
};
const offered = ['leads.read', 'pipeline.read', 'reports.read', 'team.read'];

describe('what a key may be given', () => {
  it('is what keys can have and the role has, by what it is about', () => {
    expect(groupsFor(offered, table, 'closer')).toEqual([
      { name: 'leads', scopes: ['leads.read', 'pipeline.read'] },
      { name: 'company', scopes: ['team.read'] },
    ]);
  });
  it('never holds what no key can have', () => {
    expect(groupsFor(offered, table, 'ceo').flatMap(({ scopes }) => scopes)).not.toContain('vault.read');
  });
});

describe('the state of a key', () => {
  const now = Date.parse('2026-11-27T10:00:00Z');
  const key = { revoked_at: null, expires_at: null, user_active: true } as ApiKey;
  it('is live until something ends it', () => {
    expect(stateOf(key, now)).toBe('live');
    expect(stateOf({ ...key, expires_at: '2026-11-27T10:00:01Z' }, now)).toBe('live');
    expect(stateOf({ ...key, expires_at: '2026-11-27T10:00:00Z' }, now)).toBe('expired');
    expect(stateOf({ ...key, user_active: false }, now)).toBe('shut');
    expect(stateOf({ ...key, user_active: false, revoked_at: '2026-01-01T00:00:00Z' }, now)).toBe('revoked');
  });
});

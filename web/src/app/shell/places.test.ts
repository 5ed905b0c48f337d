/** Nobody is shown a page whose every part would refuse them. */
import { describe, expect, it } from 'vitest';
import type { Me } from '@/lib/session/session';
import { isShut, PLACES, placesOf } from './places';

const setter = {
  tenant: { mode: 'live' },
  permissions: ['conversations.read', 'leads.read'].map((permission) => ({ permission, scope: 'own' })),
} as unknown as Me;

describe('a place of another role', () => {
  it.each(['/people', '/audit', '/channels', '/integrations', '/settings', '/keys'])('is shut at %s', (path) => {
    expect(isShut(setter, path)).toBe(true);
  });

  it.each(['/inbox', '/inbox/7', '/leads', '/leads/7', '/sessions', '/simulator', '/nowhere'])('does not shut %s', (path) => {
    expect(isShut(setter, path)).toBe(false);
  });

  it('is what the rail does not draw', () => {
    const drawn = placesOf(setter).map(({ key }) => key);
    const open = PLACES.filter(({ to, permission }) => permission !== undefined && !isShut(setter, to)).map(({ key }) => key);
    expect(open).toEqual(drawn);
  });

  it('has a key of its own', () => {
    expect(new Set(PLACES.map(({ shortcut }) => shortcut)).size).toBe(PLACES.length);
  });
});

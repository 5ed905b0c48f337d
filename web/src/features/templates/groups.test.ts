import { describe, expect, it } from 'vitest';
import type { Template } from '@/lib/templates/templates';
import { groupsOf, knownReason, stateOf } from './groups';

const template = (name: string, status: string, removed_at: string | null = null) =>
  ({ name, status, removed_at, language: 'es' }) as Template;

describe('templates by state', () => {
  it('puts what can be sent first, by name, and leaves empty states out', () => {
    const groups = groupsOf([template('b', 'APPROVED'), template('x', 'REJECTED'), template('a', 'APPROVED')]);
    expect(groups.map(({ state, templates }) => [state, templates.map(({ name }) => name)])).toEqual([
      ['approved', ['a', 'b']],
      ['rejected', ['x']],
    ]);
  });

  it('counts what the provider lists no more as gone, whatever it said last, and unknown words as waiting', () => {
    expect(stateOf(template('a', 'APPROVED', '2026-11-27T10:00:00Z'))).toBe('removed');
    expect(stateOf(template('a', 'LIMIT_EXCEEDED'))).toBe('waiting');
  });

  it('has words for the usual reasons alone', () => {
    expect(knownReason('INVALID_FORMAT')).toBe('INVALID_FORMAT');
    expect(knownReason('SOMETHING')).toBeNull();
  });
});

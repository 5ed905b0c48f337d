import { describe, expect, it } from 'vitest';
import { csvAddress, isFiltered, queryOf, searchOf } from './filters';

describe('the address of the audit log', () => {
  it('keeps what is a filter and drops the rest', () => {
    const typed = { user: 3, action: 'auth.login', severity: 'loud', since: '2026-11-24', until: 'soon', line: '9', x: 1 };
    expect(searchOf(typed)).toEqual({ user: 3, action: 'auth.login', since: '2026-11-24' });
    expect(searchOf({ since: '2026-13-40', action: 'a b', user: -1 })).toEqual({});
  });

  it('asks for whole days of the reader, the last one included', () => {
    const asked = queryOf({ since: '2026-11-24', until: '2026-11-30', severity: 'error', user: 3 });
    expect(asked).toEqual({
      user_id: 3,
      severity: 'error',
      since: new Date(2026, 10, 24).toISOString(),
      until: new Date(2026, 11, 1).toISOString(),
    });
  });

  it('fetches the same lines as a file', () => {
    expect(csvAddress({})).toBe('/admin/core/audit/logs.csv');
    expect(csvAddress({ action: 'auth.login', user: 3 })).toBe('/admin/core/audit/logs.csv?user_id=3&action=auth.login');
    expect(isFiltered({})).toBe(false);
    expect(isFiltered({ user: 3 })).toBe(true);
  });
});

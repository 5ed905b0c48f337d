import { describe, expect, it } from 'vitest';
import type { Channel } from './queries';
import { attention } from './words';

const well = { active: true, has_key: true, has_secrets: true, check_problem: null, quality: 'GREEN', provider_status: null } as Channel;

describe('the state of a number that wants attention', () => {
  it('is none where all is well', () => {
    expect(attention(well, false)).toBeNull();
  });
  it.each([
    [{ active: false, has_key: false }, 'inactive'],
    [{ has_key: false, has_secrets: false }, 'noKey'],
    [{ has_secrets: false }, 'noSecrets'],
    [{ check_problem: '190', quality: 'RED' }, 'failing'],
    [{ quality: 'RED' }, 'lowQuality'],
    [{ provider_status: 'FLAGGED' }, 'lowQuality'],
  ])('is the gravest of %o', (changed, name) => {
    expect(attention({ ...well, ...changed }, false)?.[1]).toBe(name);
  });
  it('asks a demo for no keys', () => {
    expect(attention({ ...well, has_key: false, has_secrets: false }, true)).toBeNull();
  });
});

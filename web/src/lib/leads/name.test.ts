import { describe, expect, it } from 'vitest';
import { leadName, leadReach } from './name';

const nobody = { full_name: null, phone_shown: null, username: null };

describe('a lead without a phone', () => {
  it('is called and reached by its username', () => {
    expect(leadName({ ...nobody, username: 'lucia.g' })).toBe('@lucia.g');
    expect(leadReach({ ...nobody, username: 'lucia.g' })).toBe('@lucia.g');
  });
  it('is called by its name and reached by its phone where there are any', () => {
    expect(leadName({ ...nobody, full_name: 'Lucía', username: 'lucia.g' })).toBe('Lucía');
    expect(leadReach({ ...nobody, phone_shown: '+54 9 11', username: 'lucia.g' })).toBe('+54 9 11');
  });
  it('is nobody where nothing is known', () => {
    expect(leadName(nobody)).toBeNull();
    expect(leadReach(nobody)).toBeNull();
  });
});

/** One calendar that cannot be asked is what the agenda says, however many are well. */
import { describe, expect, it } from 'vitest';
import { faresOf, worstOf, type Calendar } from './calendars';

const calendar = (state: Calendar['state'], problem: string | null = null) => ({ state, problem }) as Calendar;

describe('how calendars fare', () => {
  it('is unconfirmed where the last question had no good answer', () => {
    expect(faresOf(calendar('connected', 'timeout'))).toBe('unconfirmed');
    expect(faresOf(calendar('connected'))).toBe('connected');
    expect(faresOf(calendar('lost', 'invalid_grant'))).toBe('lost');
  });

  it('is that of the worst', () => {
    const [good, silent, lost, none] = [calendar('connected'), calendar('connected', 'timeout'), calendar('lost'), calendar('none')];
    expect(worstOf([good, silent, lost, none])).toBe('lost');
    expect(worstOf([good, silent, none])).toBe('unconfirmed');
    expect(worstOf([none, good])).toBe('connected');
    expect(worstOf([none])).toBe('none');
    expect(worstOf([])).toBe('none');
  });
});

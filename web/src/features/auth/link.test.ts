/** The token is read once, and nothing of it stays in the address. */
import { afterEach, describe, expect, it } from 'vitest';
import { dropToken, takeToken } from './link';

afterEach(() => {
  dropToken();
  history.replaceState(null, '', '/');
});

describe('the token of a link', () => {
  it('is taken out of the address and kept for this page', () => {
    history.replaceState(null, '', '/reset#token=abc.def-1_2.ghi');
    expect(takeToken()).toBe('abc.def-1_2.ghi');
    expect(location.href).not.toContain('abc');
    expect(location.hash).toBe('');
    expect(takeToken()).toBe('abc.def-1_2.ghi');
  });

  it('is none where the address has something else behind its #, which goes too', () => {
    history.replaceState(null, '', '/reset#token=a b&x=<i>');
    expect(takeToken()).toBeNull();
    expect(location.hash).toBe('');
  });

  it('is not read from the query', () => {
    history.replaceState(null, '', '/reset?token=abc');
    expect(takeToken()).toBeNull();
  });

  it('is gone once it is used', () => {
    history.replaceState(null, '', '/reset#token=abc');
    takeToken();
    dropToken();
    expect(takeToken()).toBeNull();
  });
});

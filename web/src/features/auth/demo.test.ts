import { beforeEach, describe, expect, it } from 'vitest';
import { isDemo, takeDoorToken } from './demo';

beforeEach(() => {
  sessionStorage.clear();
  document.head.replaceChildren();
  history.replaceState(null, '', '/login');
});

describe('the demo door', () => {
  it('takes the token out of the address and keeps it for the tab', () => {
    history.replaceState(null, '', '/login?next=%2Fleads#demo=abc_DEF-1');
    expect(takeDoorToken()).toBe('abc_DEF-1');
    expect(location.href).toMatch(/\/login\?next=%2Fleads$/);
    expect(takeDoorToken()).toBe('abc_DEF-1');
  });

  it('has none where the address brings none, or something else', () => {
    expect(takeDoorToken()).toBeNull();
    history.replaceState(null, '', '/login#section');
    expect(takeDoorToken()).toBeNull();
    expect(location.hash).toBe('#section');
  });

  it('is there only where the server says so', () => {
    expect(isDemo()).toBe(false);
    const meta = document.createElement('meta');
    meta.name = 'nexus-demo';
    document.head.append(meta);
    expect(isDemo()).toBe(true);
  });
});

import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { soon, SOON_MS } from './soon';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('does it at once for the first, and once more for all that came within the second', () => {
  const cache = new QueryClient();
  const run = vi.fn();
  for (let times = 0; times < 50; times += 1) soon(cache, ['a'], run);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(SOON_MS);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(SOON_MS * 5);
  expect(run).toHaveBeenCalledTimes(2);
});

it('keeps the keys apart', () => {
  const cache = new QueryClient();
  const run = vi.fn();
  soon(cache, ['a'], run);
  soon(cache, ['b'], run);
  expect(run).toHaveBeenCalledTimes(2);
});

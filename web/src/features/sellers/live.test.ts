import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { sellersLive } from './live';

function stale(section: string): readonly string[] {
  const cache = new QueryClient();
  const keys = [['sellers', 'list'], ['sellers', 'free', 1], ['agenda', 'sellers'], ['agenda', 'free', 1], ['agenda', 'events']];
  for (const key of keys) cache.setQueryData(key, 1);
  sellersLive['SETTINGS_UPDATED']?.(cache, { section, seq: 1 });
  return keys.filter((key) => cache.getQueryState(key)?.isInvalidated).map((key) => key.join(' '));
}

it('reads sellers and free times anew when a seller changes, and free times when the rules do', () => {
  expect(stale('sellers')).toEqual(['sellers list', 'sellers free 1', 'agenda sellers', 'agenda free 1']);
  expect(stale('meetings')).toEqual(['sellers free 1']);
  expect(stale('company')).toEqual([]);
});

import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { meQuery, type Me } from '@/lib/session/session';
import { draftStore } from './drafts';

it('keeps what was written, each conversation apart, and tells of it at once', () => {
  const store = draftStore(new QueryClient());
  const told = vi.fn();
  store.subscribe(told);
  store.write(4, { kind: 'note', note: 'llamar' });
  expect(told).toHaveBeenCalledTimes(1);
  expect(store.read(4)).toEqual({ kind: 'note', message: '', note: 'llamar' });
  expect(store.read(5).note).toBe('');
});

it('forgets everything with the logout', () => {
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, {} as Me);
  const store = draftStore(cache);
  store.write(4, { message: 'Hola' });
  expect(draftStore(cache).read(4).message).toBe('Hola');
  cache.clear();
  expect(draftStore(cache).read(4).message).toBe('');
});

/** A reading anew that many events ask for is done at once for the first, then at most once a second (PRODUCT §13). */
import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

export const SOON_MS = 1000;

const waiting = new WeakMap<QueryClient, Map<string, { again: boolean }>>();

/** Invalidate `key`, or do `run` under its name. */
export function soon(
  cache: QueryClient,
  key: QueryKey,
  run: () => void = () => void cache.invalidateQueries({ queryKey: key }),
): void {
  const known = waiting.get(cache) ?? new Map<string, { again: boolean }>();
  waiting.set(cache, known);
  const name = hashKey(key);
  const rest = known.get(name);
  if (rest) {
    rest.again = true;
    return;
  }
  const entry = { again: false };
  known.set(name, entry);
  run();
  const settle = () => {
    known.delete(name);
    if (entry.again) soon(cache, key, run);
  };
  setTimeout(settle, SOON_MS);
}

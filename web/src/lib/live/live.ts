/** Applies live events to the query cache by the rules that the features give, and follows the session's end. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connect } from './connection';
import type { LiveEvent } from './sequence';
import { connection } from './state';

/** How one kind of event changes the cache: patch where cheap, invalidate otherwise. */
export type LiveRule = (cache: QueryClient, payload: LiveEvent['payload']) => void;
export type LiveRules = Readonly<Partial<Record<string, LiveRule>>>;

export function applyEvents(cache: QueryClient, rules: readonly LiveRules[], events: readonly LiveEvent[]): void {
  for (const { name, payload } of events) {
    for (const rule of rules) rule[name]?.(cache, payload);
  }
}

/** Mount once, inside the signed-in part of the app. */
export function useLive(rules: readonly LiveRules[], onEnded: () => void): void {
  const cache = useQueryClient();
  useEffect(() => {
    const close = connect({
      onStep: ({ reset, events }) => {
        if (reset) void cache.invalidateQueries();
        applyEvents(cache, rules, events);
      },
      onLive: (live) => connection.setLive(live),
      onEnded,
    });
    return () => {
      close();
      connection.setLive(true);
    };
  }, [cache, rules, onEnded]);
}

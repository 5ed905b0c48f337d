/** Nothing moves under the hand (UI §1.5): while a list is in use its order stays, and the news are counted. */
import { useEffect, useMemo, useState } from 'react';

export interface Held<Row> {
  readonly rows: readonly Row[];
  /** How many rows would move or appear. */
  readonly news: number;
}

/** `fresh` in the order of `order`; rows that are new, or that moved up past others, are news. Pure. */
export function hold<Row extends { readonly id: number }>(fresh: readonly Row[], order: readonly number[]): Held<Row> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const place = new Map(order.map((id, index) => [id, index]));
  const rows = order.map((id) => byId.get(id)).filter((row): row is Row => row !== undefined);
  const last = order.at(-1);
  const end = last === undefined ? -1 : fresh.findIndex((row) => row.id === last);
  const appended = end < 0 ? [] : fresh.slice(end + 1).filter((row) => !place.has(row.id));
  const appendedIds = new Set(appended.map((row) => row.id));
  let deepest = -1;
  let news = 0;
  for (const row of fresh.toReversed()) {
    const at = place.get(row.id);
    if (at === undefined) news += appendedIds.has(row.id) ? 0 : 1;
    else if (deepest >= 0 && at > deepest) news += 1;
    else deepest = at;
  }
  return { rows: [...rows, ...appended], news };
}

export interface HeldList<Row> extends Held<Row> {
  readonly release: () => void;
  /** Put these on the list's element. */
  readonly handlers: Readonly<Record<'onPointerEnter' | 'onPointerLeave' | 'onKeyDown', () => void>>;
}

/** The hand on the keys lies still for so long before the list moves again. */
const KEYS_MS = 4000;

export function useHeld<Row extends { readonly id: number }>(fresh: readonly Row[], key: string): HeldList<Row> {
  const [inUse, setInUse] = useState(false);
  const [pressed, setPressed] = useState(0);
  useEffect(() => {
    if (pressed === 0) return undefined;
    const timer = setTimeout(() => setPressed(0), KEYS_MS);
    return () => clearTimeout(timer);
  }, [pressed]);
  const [kept, setKept] = useState<{ readonly key: string; readonly order: readonly number[] }>({ key, order: [] });
  const holding = (inUse || pressed > 0) && kept.key === key && kept.order.length > 0;
  const held = useMemo(
    () => (holding ? hold(fresh, kept.order) : { rows: fresh, news: 0 }),
    [holding, fresh, kept.order],
  );
  const keep = () => setKept({ key, order: fresh.map((row) => row.id) });
  return {
    ...held,
    release: keep,
    handlers: {
      onPointerEnter: () => {
        keep();
        setInUse(true);
      },
      onPointerLeave: () => setInUse(false),
      onKeyDown: () => {
        if (!holding) keep();
        setPressed((times) => times + 1);
      },
    },
  };
}

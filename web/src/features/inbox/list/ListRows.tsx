/** The rows in sight: each says its place; one is the tab stop, the arrows move it, and it stays mounted (UI §7). */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation } from '@/features/inbox/queries';
import type { Wanted } from '@/features/inbox/search';
import { ConversationRow } from './ConversationRow';
import styles from './List.module.css';

interface Props {
  readonly rows: readonly Conversation[];
  readonly wanted: Wanted;
  readonly open: number | undefined;
  readonly more: boolean;
  readonly onEnd: () => void;
}

const ROW = 64;
const NEAR_END = 10;

export function ListRows({ rows, wanted, open, more, onEnd }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const place = (id: number | null | undefined) => rows.findIndex((row) => row.id === id);
  const stop = [place(focused), place(open), 0].find((index) => index >= 0) ?? 0;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) =>
        [...new Set([Math.min(stop, range.count - 1), ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
      [stop],
    ),
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && lastShown >= rows.length - NEAR_END) onEnd();
  }, [lastShown, rows.length, more, onEnd]);
  const opened = place(open);
  useEffect(() => {
    if (opened >= 0) virtual.scrollToIndex(opened);
    // Only when another one is opened: the list does not follow a row that moves.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
  const focus = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setFocused(row.id);
    virtual.scrollToIndex(place(row.id));
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus());
  };
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focus(stop + 1),
    ArrowUp: () => focus(stop - 1),
    Home: () => focus(0),
    End: () => focus(rows.length - 1),
  };
  return (
    <div ref={box} className={styles['scroll']}>
      <ul
        className={styles['rows']}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (!move) return;
          event.preventDefault();
          move();
        }}
      >
        {shown.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={row.id}
                className={styles['item']}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={more ? -1 : rows.length}
                aria-posinset={index + 1}
                onFocus={() => setFocused(row.id)}
              >
                <ConversationRow
                  conversation={row}
                  byWait={wanted.filter === 'human'}
                  selected={row.id === open}
                  stop={index === stop}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

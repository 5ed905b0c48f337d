/** What every long table shares: rows drawn only in sight, the focused one kept mounted, keys, and more before the end. */
import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keys/keys';

interface Options {
  readonly count: number;
  readonly more: boolean;
  readonly failed: boolean;
  readonly onEnd: () => void;
  readonly onOpen: (index: number) => void;
  /** The keys went to another row. */
  readonly onMove?: (index: number) => void;
  readonly first?: number;
  /** How many rows before the end more are asked for. */
  readonly ahead?: number;
}

export interface RowTable {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly height: number;
  readonly shown: readonly VirtualItem[];
  /** Which row the keys are on. */
  readonly current: number;
  readonly setCurrent: (index: number) => void;
  /** For the element with the role `grid`. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const ROW = 40;
const PHONE_ROW = 60;
const PAGE = 10;

export function useRowTable({ count, more, failed, onEnd, onOpen, onMove, first = 0, ahead = 60 }: Options): RowTable {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(first);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => (phone ? PHONE_ROW : ROW),
    overscan: 8,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) =>
        [...new Set([Math.min(current, range.count - 1), ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
      [current],
    ),
  });
  useEffect(() => virtual.measure(), [phone, virtual]);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !failed && lastShown >= count - ahead) onEnd();
  }, [lastShown, count, more, failed, onEnd, ahead]);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(count - 1, current + by));
    setCurrent(next);
    virtual.scrollToIndex(next);
    onMove?.(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  useShortcut('j', t('keys.next'), () => move(1));
  useShortcut('k', t('keys.previous'), () => move(-1));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, () => void>> = {
      Enter: () => onOpen(current),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(PAGE),
      PageUp: () => move(-PAGE),
    };
    const step = (event.target as HTMLElement).role === 'row' ? steps[event.key] : undefined;
    if (!step) return;
    event.preventDefault();
    step();
  };
  return { box, height: virtual.getTotalSize(), shown, current, setCurrent, onKeyDown };
}

/** The virtual table of the ledger: only the rows in sight are drawn; more are fetched before the end is reached. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keys/keys';
import styles from './Accounting.module.css';
import { LedgerRow } from './LedgerRow';
import type { Line } from './queries';

interface Props {
  readonly rows: readonly Line[];
  readonly more: boolean;
  readonly failed: boolean;
  readonly onEnd: () => void;
  readonly openId: number | undefined;
  readonly onOpen: (line: Line) => void;
}

const ROW = 32;
const PHONE_ROW = 60;
const AHEAD = 60;
const COLUMNS = ['when', 'kind', 'client', 'seller', 'method', 'amount'] as const;

export function Ledger({ rows, more, failed, onEnd, openId, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
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
    if (more && !failed && lastShown >= rows.length - AHEAD) onEnd();
  }, [lastShown, rows.length, more, failed, onEnd]);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, current + by));
    setCurrent(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  useShortcut('j', t('keys.next'), () => move(1));
  useShortcut('k', t('keys.previous'), () => move(-1));
  const onKeyDown = (event: KeyboardEvent) => {
    const line = rows[current];
    const steps: Partial<Record<string, () => void>> = {
      Enter: () => line && onOpen(line),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(10),
      PageUp: () => move(-10),
    };
    const step = steps[event.key];
    if (!step || !(event.target as HTMLElement).matches('[role=row]')) return;
    event.preventDefault();
    step();
  };
  return (
    <div className={styles['table']} role="grid" aria-rowcount={more ? -1 : rows.length + 1} aria-label={t('accounting.tab.ledger')} onKeyDown={onKeyDown}>
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`accounting.column.${column}`)}
          </span>
        ))}
      </div>
      <div ref={box} className={styles['scroll']} role="rowgroup">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {shown.map(({ index, start, size }) => {
            const line = rows[index];
            return (
              line && (
                <LedgerRow
                  key={line.id}
                  {...{ line, index, start, size, t, onOpen }}
                  language={i18n.language}
                  current={index === current}
                  open={line.id === openId}
                  onFocus={setCurrent}
                />
              )
            );
          })}
        </div>
      </div>
      {failed && (
        <div className={styles['failed']} role="alert">
          {t('accounting.moreFailed')}
          <Button variant="default" size="compact-sm" onClick={onEnd}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

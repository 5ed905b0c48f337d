/** One line of the ledger. It asks for nothing itself: hundreds are drawn while one scrolls. */
import { IconArrowBackUp, IconClock, IconPaperclip } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { Badge } from '@/components/Badge';
import { day, exact } from '@/lib/i18n/format';
import styles from './Accounting.module.css';
import { Party } from './Party';
import type { Line } from './queries';
import { lineName, signed } from './words';

interface Props {
  readonly line: Line;
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly current: boolean;
  readonly open: boolean;
  readonly t: TFunction;
  readonly language: string;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (line: Line) => void;
}

export const LedgerRow = memo(function LedgerRow({ line, index, start, size, current, open, t, language, onFocus, onOpen }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-open={open}
      data-undone={line.reversed_by_id !== null}
      tabIndex={current ? 0 : -1}
      className={styles['row']}
      style={{ height: size, transform: `translateY(${start}px)` }}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(line)}
    >
      <span role="gridcell" data-column="when">
        <time dateTime={line.occurred_at} title={exact(line.occurred_at, language)}>
          {day(line.occurred_at, language)}
        </time>
      </span>
      <span role="gridcell" data-column="kind">
        <span className={styles['name']}>{lineName(line, t)}</span>
        <Standing line={line} t={t} />
        {line.receipt_id !== null && <IconPaperclip size={14} aria-label={t('accounting.receipt')} role="img" />}
        <span className={styles['about']}>{[line.category, line.description].filter(Boolean).join(' · ')}</span>
      </span>
      <span role="gridcell" data-column="client">
        <Party line={line} t={t} tabIndex={current ? 0 : -1} />
      </span>
      <span role="gridcell" data-column="seller">
        {line.seller_name}
      </span>
      <span role="gridcell" data-column="method">
        {line.method && t(`accounting.method.${line.method}`)}
      </span>
      <span role="gridcell" data-column="amount" data-out={Number(line.effect) < 0}>
        {signed(line.effect, line.currency, language)}
      </span>
    </div>
  );
});

/** The normal is unmarked (UI §1.1): what waits for its payment, and what was undone, say so. */
export function Standing({ line, t }: { readonly line: Line; readonly t: TFunction }) {
  if (line.reversed_by_id !== null) {
    return (
      <Badge meaning="muted" icon={<IconArrowBackUp size={14} aria-hidden />}>
        {t('accounting.state.reversed')}
      </Badge>
    );
  }
  if (line.kind !== 'income' || line.reverses_id !== null || line.paid_at !== null) return null;
  return (
    <Badge meaning="note" icon={<IconClock size={14} aria-hidden />}>
      {t('accounting.state.pending')}
    </Badge>
  );
}

/** The virtual table: only the rows in sight are drawn; each says its place, and the focused one stays mounted. */
import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Interest } from '@/components/Interest';
import { StageName } from '@/components/StageName';
import { Ago } from '@/components/Time';
import { money } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import styles from './Leads.module.css';
import type { Lead } from './queries';

interface Props {
  readonly rows: readonly Lead[];
  readonly more: boolean;
  readonly onEnd: () => void;
}

const ROW = 40;
const PHONE_ROW = 60;

export function LeadTable({ rows, more, onEnd }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => (phone ? PHONE_ROW : ROW),
    overscan: 12,
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
    if (more && lastShown >= rows.length - 20) onEnd();
  }, [lastShown, rows.length, more, onEnd]);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, current + by));
    setCurrent(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const open = (lead: Lead | undefined) =>
    lead && void navigate({ to: '/leads/$leadId', params: { leadId: lead.id } });
  useShortcut('j', t('keys.next'), () => move(1));
  useShortcut('k', t('keys.previous'), () => move(-1));
  return (
    <div className={styles['table']} role="table" aria-rowcount={more ? -1 : rows.length + 1} aria-label={t('place.leads')}>
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        {(['name', 'interest', 'stage', 'value', 'phone', 'source', 'moved'] as const).map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`leads.column.${column}`)}
          </span>
        ))}
      </div>
      <div ref={box} className={styles['scroll']} role="rowgroup">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {shown.map(({ index, start, size }) => {
            const lead = rows[index];
            return (
              lead && (
                <div
                  key={lead.id}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  tabIndex={index === current ? 0 : -1}
                  className={styles['row']}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  onFocus={() => setCurrent(index)}
                  onClick={() => open(lead)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') open(lead);
                    if (event.key === 'ArrowDown') move(1);
                    if (event.key === 'ArrowUp') move(-1);
                  }}
                >
                  <Cells lead={lead} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Cells({ lead }: { readonly lead: Lead }) {
  const { t, i18n } = useTranslation();
  const source = (['whatsapp', 'manual', 'import', 'form', 'meta'] as const).find((known) => known === lead.source);
  return (
    <>
      <span role="cell" data-column="name">
        {lead.full_name ?? t('leads.nameless')}
      </span>
      <span role="cell" data-column="interest">
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
      </span>
      <span role="cell" data-column="stage">
        <StageName stage={lead.stage_key} />
      </span>
      <span role="cell" data-column="value">
        {lead.value !== null && lead.currency && money(lead.value, lead.currency, i18n.language)}
      </span>
      <span role="cell" data-column="phone">
        {lead.phone}
      </span>
      <span role="cell" data-column="source">
        {source ? t(`source.${source}`) : lead.source}
      </span>
      <span role="cell" data-column="moved">
        <Ago at={lead.updated_at} />
      </span>
    </>
  );
}

/** One row of the table. It asks for nothing itself: hundreds are drawn while one scrolls. */
import type { TFunction } from 'i18next';
import { memo, type MouseEvent } from 'react';
import { Badge } from '@/components/Badge';
import { Interest } from '@/components/Interest';
import { Tag } from '@/components/records/Tag';
import { ago, exact, money } from '@/lib/i18n/format';
import { leadName, leadReach } from '@/lib/leads/name';
import type { Tag as TagRow } from '@/lib/records/tags';
import styles from './Leads.module.css';
import type { Lead } from './queries';
import { sourceName } from './words';

/** What every row is drawn with. */
export interface Words {
  readonly t: TFunction;
  readonly language: string;
  readonly stageOf: (key: string) => string;
  readonly ownerOf: (id: number | null) => string;
  /** The first tags of a lead, as many as a row has room for. */
  readonly tagsOf: (ids: readonly number[]) => readonly TagRow[];
}

interface Props {
  readonly lead: Lead;
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly open: boolean;
  readonly now: number;
  readonly words: Words;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onToggle: (index: number, range: boolean) => void;
}

export const LeadRow = memo(function LeadRow({ lead, index, start, size, words, now, ...row }: Props) {
  const { t, language, stageOf, ownerOf } = words;
  const name = leadName(lead) ?? t('leads.nameless');
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    row.onToggle(index, event.shiftKey);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row.chosen}
      data-index={index}
      data-open={row.open}
      tabIndex={row.current ? 0 : -1}
      className={styles['row']}
      style={{ height: size, transform: `translateY(${start}px)` }}
      onFocus={() => row.onFocus(index)}
      onClick={() => row.onOpen(index)}
    >
      {/* The row keeps the focus, so that its keys go on working after a click. */}
      <span role="gridcell" data-column="choose" onClick={toggle} onMouseDown={(event) => event.preventDefault()}>
        <input type="checkbox" tabIndex={-1} readOnly checked={row.chosen} aria-label={t('leads.choose', { name })} />
      </span>
      <span role="gridcell" data-column="name">
        <span>{name}</span>
        {words.tagsOf(lead.tag_ids).map((tag) => (
          <Tag key={tag.id} tag={tag} />
        ))}
        {lead.needs_person && <Badge meaning="inverse">{t('leads.person')}</Badge>}
      </span>
      <span role="gridcell" data-column="interest">
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
      </span>
      <span role="gridcell" data-column="stage">
        {stageOf(lead.stage_key)}
      </span>
      <span role="gridcell" data-column="owner" data-nobody={lead.owner_user_id === null}>
        {ownerOf(lead.owner_user_id)}
      </span>
      <span role="gridcell" data-column="value">
        {lead.value !== null && lead.currency && money(lead.value, lead.currency, language)}
      </span>
      <span role="gridcell" data-column="phone">
        {leadReach(lead)}
      </span>
      <span role="gridcell" data-column="source">
        {sourceName(lead.source, t)}
      </span>
      <span role="gridcell" data-column="moved">
        <time dateTime={lead.updated_at} title={exact(lead.updated_at, language)}>
          {ago(lead.updated_at, now, language)}
        </time>
      </span>
    </div>
  );
});

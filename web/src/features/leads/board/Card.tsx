/** One lead on the board: who, how interested, how much, whose, since when, what is next; dragged, lifted by Space, or moved by a menu. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core';
import { IconAlarm, IconDotsVertical } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Interest } from '@/components/Interest';
import type { Filters } from '@/features/leads/filters';
import type { Lead } from '@/features/leads/queries';
import { daysSince, shortly } from '@/features/leads/words';
import { money } from '@/lib/i18n/format';
import { isClosed, stageName, type Stage } from '@/lib/pipeline/stages';
import { useMemberName } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import { leadName } from '@/lib/leads/name';
import styles from './Board.module.css';

interface Props {
  readonly lead: Lead;
  readonly place: { readonly index: number; readonly start: number; readonly of: number };
  readonly stages: readonly Stage[];
  readonly filters: Filters;
  readonly hint: string;
  readonly writable: boolean;
  readonly lifted: boolean;
  /** When their next meeting begins. */
  readonly meeting: string | undefined;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onLeave: () => void;
  readonly onMove: (leads: readonly Lead[], stage: string) => void;
}

export const Card = memo(function Card({ lead, place, stages, filters, hint, writable, lifted, meeting, ...on }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const card = useRef<HTMLLIElement>(null);
  const owner = useMemberName(lead.owner_user_id);
  const name = leadName(lead) ?? t('leads.nameless');
  const days = daysSince(lead.stage_since, now);
  const limit = stages.find(({ key }) => key === lead.stage_key)?.day_limit ?? null;
  const next = meeting && shortly(meeting, now, i18n.language); // first: what is cut off is the owner
  const whose = owner ?? t('leads.owner.nobody');
  useEffect(() => {
    const element = card.current;
    return element && writable ? draggable({ element, getInitialData: () => ({ lead }) }) : undefined;
  }, [lead, writable]);
  return (
    <li
      ref={card}
      className={styles['card']}
      style={{ transform: `translateY(${place.start}px)` }}
      aria-posinset={place.index + 1}
      aria-setsize={place.of}
      data-lifted={lifted}
      data-writable={writable}
    >
      <div className={styles['cardLine']}>
        <Link
          to="/leads/$leadId"
          params={{ leadId: lead.id }}
          search={filters}
          draggable={false}
          className={styles['cardName']}
          data-card={lead.id}
          {...(writable && { 'aria-describedby': hint })}
          onFocus={on.onFocus}
          onKeyDown={on.onKey}
          onBlur={on.onLeave}
        >
          {name}
        </Link>
        {writable && (
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <ActionIcon variant="subtle" size={24} className={styles['menu'] ?? ''} aria-label={t('leads.board.moveTo', { name })}>
                <IconDotsVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('leads.board.move')}</Menu.Label>
              {stages
                .filter(({ key }) => key !== lead.stage_key)
                .map(({ key }) => (
                  <Menu.Item key={key} disabled={isClosed(stages, lead.stage_key, key)} onClick={() => on.onMove([lead], key)}>
                    {isClosed(stages, lead.stage_key, key)
                      ? t('leads.board.closed', { from: stageName(lead.stage_key, stages, t), to: stageName(key, stages, t) })
                      : stageName(key, stages, t)}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className={styles['cardLine']}>
        {lead.interest && <Interest interest={lead.interest} score={lead.score} />}
        {lead.needs_person && <Badge meaning="inverse">{t('leads.person')}</Badge>}
      </div>
      <div className={styles['cardLine']}>
        <span className={styles['who']} title={[next, whose].filter(Boolean).join(' · ')}>
          {next && `${next} · `}
          {limit !== null && days > limit ? (
            <span className={styles['late']} title={t('leads.board.late', { count: limit })}>
              <IconAlarm size={12} aria-hidden />
              {t('leads.days', { count: days })}
              <VisuallyHidden> {t('leads.board.late', { count: limit })}</VisuallyHidden>
            </span>
          ) : (
            t('leads.days', { count: days })
          )}
          {` · ${whose}`}
        </span>
        <span className={styles['worth']}>
          {lead.value !== null && lead.currency && money(lead.value, lead.currency, i18n.language)}
        </span>
      </div>
    </li>
  );
});

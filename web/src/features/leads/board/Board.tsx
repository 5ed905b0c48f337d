/** The board on a screen: every open stage a column, won and lost as places to drop. One card at a time is held. */
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lead } from '@/features/leads/queries';
import { stageOf } from '@/features/leads/summary';
import { isClosed, stageName } from '@/lib/pipeline/stages';
import { can, useMe } from '@/lib/session/session';
import { leadName } from '@/lib/leads/name';
import styles from './Board.module.css';
import { Column } from './Column';
import { actOf, stepped, type BoardProps, type Held } from './shared';
import { Zone } from './Zone';

export function Board({ stages, asked, filters, summary, meetings, onMove }: BoardProps) {
  const { t } = useTranslation();
  const me = useMe();
  const hint = useId();
  const board = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const [said, setSaid] = useState('');
  const writable = can(me, 'leads.write');
  const nameOf = (lead: Lead) => leadName(lead) ?? t('leads.nameless');
  const drop = (lead: Lead, to: string) => {
    setHeld(null);
    const place = { name: nameOf(lead), stage: stageName(to, stages, t) };
    if (isClosed(stages, lead.stage_key, to)) {
      setSaid(t('leads.board.closed', { from: stageName(lead.stage_key, stages, t), to: place.stage }));
      return;
    }
    setSaid(lead.stage_key === to ? t('leads.board.stays', place) : t('leads.board.dropped', place));
    onMove([lead], to);
  };
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  useEffect(
    () =>
      monitorForElements({
        onDragStart: ({ source }) => {
          const lead = source.data['lead'] as Lead;
          setHeld({ lead, to: lead.stage_key, by: 'pointer' });
        },
        onDropTargetChange: ({ location }) => {
          const to = location.current.dropTargets[0]?.data['stage'];
          setHeld((before) => before && { ...before, to: typeof to === 'string' ? to : before.lead.stage_key });
        },
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data['stage'];
          if (typeof to === 'string') latest.current(source.data['lead'] as Lead, to);
          else setHeld(null);
        },
      }),
    [],
  );
  const focusCard = (id: number) =>
    requestAnimationFrame(() => board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus());
  const onKey = (event: KeyboardEvent, lead: Lead) => {
    const lifted = held?.by === 'keys' ? held : null;
    const act = writable ? actOf(event.key, lifted !== null) : null;
    if (!act) {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') beside(event, lead.stage_key);
      return;
    }
    event.preventDefault();
    const place = (to: string) => ({ name: nameOf(lead), stage: stageName(to, stages, t) });
    if (act === 'lift') {
      setHeld({ lead, to: lead.stage_key, by: 'keys' });
      setSaid(t('leads.board.lifted', place(lead.stage_key)));
    } else if (!lifted) return;
    else if (act === 'cancel') cancel();
    else if (act === 'drop') {
      drop(lifted.lead, lifted.to);
      focusCard(lead.id);
    } else {
      const to = stepped(stages, lifted.to, act === 'next' ? 1 : -1);
      setHeld({ ...lifted, to });
      setSaid(
        isClosed(stages, lead.stage_key, to)
          ? t('leads.board.closed', { from: stageName(lead.stage_key, stages, t), to: stageName(to, stages, t) })
          : t('leads.board.over', place(to)),
      );
      board.current?.querySelector(`[data-stage="${to}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    }
  };
  const cancel = () => {
    setHeld(null);
    if (held) setSaid(t('leads.board.cancelled', { name: nameOf(held.lead) }));
  };
  const beside = (event: KeyboardEvent, stage: string) => {
    const to = stepped(stages, stage, event.key === 'ArrowRight' ? 1 : -1);
    const card = board.current?.querySelector<HTMLElement>(`[data-stage="${to}"] [data-card]`);
    if (!card || to === stage) return;
    event.preventDefault();
    card.focus();
  };
  const closed = stages.filter(({ kind }) => kind !== 'open');
  const over = held && held.to !== held.lead.stage_key ? held.to : null;
  return (
    <div ref={board} className={styles['board']} data-dragging={held?.by === 'pointer'}>
      <VisuallyHidden id={hint}>{t('leads.board.hint')}</VisuallyHidden>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {stages
        .filter(({ kind }) => kind === 'open')
        .map(({ key }) => (
          <Column
            key={key}
            stage={key}
            stages={stages}
            asked={asked}
            filters={filters}
            meetings={meetings}
            figures={stageOf(summary, key)}
            held={held}
            over={over === key}
            hint={hint}
            writable={writable}
            onKey={onKey}
            onLeave={() => held?.by === 'keys' && cancel()}
            onMove={onMove}
          />
        ))}
      {closed.length > 0 && (
        <div className={styles['zones']}>
          {closed.map((stage) => (
            <Zone key={stage.key} stage={stage} figures={stageOf(summary, stage.key)} filters={filters} held={held} over={over === stage.key} />
          ))}
        </div>
      )}
    </div>
  );
}

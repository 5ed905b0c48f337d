/** The virtual table: only the rows in sight are drawn; each says its place, and the focused one stays mounted. */
import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowTable } from '@/components/useRowTable';
import { useShortcut } from '@/lib/keys/keys';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { useTags } from '@/lib/records/tags';
import { useTeam } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import { LeadRow, type Words } from './LeadRow';
import styles from './Leads.module.css';
import type { Lead } from './queries';
import type { Selection } from './selection';

interface Props {
  readonly rows: readonly Lead[];
  readonly more: boolean;
  readonly failed: boolean;
  readonly onEnd: () => void;
  readonly selection: Selection;
  readonly onToggle: (index: number, range: boolean) => void;
  readonly onToggleAll: () => void;
  readonly openId: number | undefined;
  readonly onOpen: (lead: Lead) => void;
  /** The keys went to another row while one stands open. */
  readonly onFollow: (lead: Lead) => void;
}

const AHEAD = 150;
const COLUMNS = ['name', 'interest', 'stage', 'owner', 'value', 'phone', 'source', 'moved'] as const;

export function LeadTable(props: Props) {
  const { rows, more, onEnd, openId } = props;
  const { t } = useTranslation();
  const now = useNow();
  const words = useWords();
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const open = useCallback((index: number) => {
    const lead = latest.current.rows[index];
    if (lead) latest.current.onOpen(lead);
  }, []);
  const { box, height, shown, current, setCurrent, onKeyDown } = useRowTable({
    count: rows.length,
    more,
    failed: props.failed,
    onEnd,
    onOpen: open,
    onMove: (index) => {
      const lead = rows[index];
      if (openId !== undefined && lead) props.onFollow(lead);
    },
    first: Math.max(0, rows.findIndex(({ id }) => id === openId)),
    ahead: AHEAD,
  });
  const toggle = useCallback(
    (index: number, range: boolean) => {
      setCurrent(index);
      latest.current.onToggle(index, range);
    },
    [setCurrent],
  );
  useShortcut('x', t('leads.chooseKey'), () => toggle(current, false));
  const all = rows.length > 0 && props.selection.size >= rows.length;
  return (
    <div
      className={styles['table']}
      role="grid"
      aria-multiselectable
      aria-rowcount={more ? -1 : rows.length + 1}
      aria-label={t('place.leads')}
      onKeyDown={onKeyDown}
    >
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        <span role="columnheader" data-column="choose">
          <input type="checkbox" checked={all} onChange={props.onToggleAll} aria-label={t('leads.chooseAll', { count: rows.length })} />
        </span>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`leads.column.${column}`)}
          </span>
        ))}
      </div>
      <div ref={box} className={styles['scroll']} role="rowgroup">
        <div style={{ height: height, position: 'relative' }} role="presentation">
          {shown.map(({ index, start, size }) => {
            const lead = rows[index];
            return (
              lead && (
                <LeadRow
                  key={lead.id}
                  {...{ lead, index, start, size, now, words }}
                  current={index === current}
                  chosen={props.selection.has(lead.id)}
                  open={lead.id === openId}
                  onFocus={setCurrent}
                  onOpen={open}
                  onToggle={toggle}
                />
              )
            );
          })}
        </div>
      </div>
      {props.failed && (
        <div className={styles['failed']} role="alert">
          {t('leads.moreFailed')}
          <Button variant="default" size="compact-sm" onClick={onEnd}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

const SHOWN_TAGS = 2;

/** One object for all rows, new only when a name or the language changes. */
function useWords(): Words {
  const { t, i18n } = useTranslation();
  const stages = useStages();
  const team = useTeam();
  const tags = useTags();
  return useMemo(() => {
    const names = new Map(team.map(({ id, name }) => [id, name]));
    const ownerOf = (id: number | null) => (id === null ? t('leads.owner.nobody') : (names.get(id) ?? ''));
    const byId = new Map(tags.map((tag) => [tag.id, tag]));
    const tagsOf = (ids: readonly number[]) => ids.slice(0, SHOWN_TAGS).flatMap((id) => byId.get(id) ?? []);
    return { t, language: i18n.language, stageOf: (key: string) => stageName(key, stages, t), ownerOf, tagsOf };
  }, [t, i18n.language, stages, team, tags]);
}

/** The virtual table of the log: only the rows in sight are drawn; more are fetched before the end is reached. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowTable } from '@/components/useRowTable';
import { useTeam } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import styles from './Audit.module.css';
import { AuditRow, type Words } from './AuditRow';
import type { AuditLine } from './queries';

interface Props {
  readonly rows: readonly AuditLine[];
  readonly more: boolean;
  readonly failed: boolean;
  readonly onEnd: () => void;
  readonly openId: number | undefined;
  readonly onOpen: (line: AuditLine) => void;
}

const COLUMNS = ['when', 'who', 'what', 'subject', 'severity'] as const;

export function AuditTable({ rows, more, failed, onEnd, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const openAt = (index: number) => {
    const line = rows[index];
    if (line) onOpen(line);
  };
  const { box, height, shown, current, setCurrent, onKeyDown } = useRowTable({ count: rows.length, more, failed, onEnd, onOpen: openAt });
  return (
    <div className={styles['table']} role="grid" aria-rowcount={more ? -1 : rows.length + 1} aria-label={t('place.audit')} onKeyDown={onKeyDown}>
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`audit.column.${column}`)}
          </span>
        ))}
      </div>
      <div ref={box} className={styles['scroll']} role="rowgroup">
        <div style={{ height: height, position: 'relative' }} role="presentation">
          {shown.map(({ index, start, size }) => {
            const line = rows[index];
            return (
              line && (
                <AuditRow
                  key={line.id}
                  {...{ line, index, start, size, words, now, onOpen }}
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
          {t('audit.moreFailed')}
          <Button variant="default" size="compact-sm" onClick={onEnd}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One object for all rows, new only when a name or the language changes. */
function useWords(): Words {
  const { t, i18n } = useTranslation();
  const team = useTeam();
  return useMemo(
    () => ({ t, language: i18n.language, names: new Map(team.map(({ id, name }) => [id, name])) }),
    [t, i18n.language, team],
  );
}

/** The board on a phone: one stage at a time, chosen by tabs; a card goes on by its menu. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stageOf } from '@/features/leads/summary';
import { stageName } from '@/lib/pipeline/stages';
import { can, useMe } from '@/lib/session/session';
import styles from './Board.module.css';
import { Column } from './Column';
import type { BoardProps } from './shared';

export function PhoneBoard({ stages, summary, ...board }: BoardProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const here = chosen ?? stages[0]?.key;
  return (
    <div className={styles['phone']}>
      <nav className={styles['stages']} aria-label={t('leads.board.stages')}>
        {stages.map(({ key }) => (
          <button key={key} type="button" aria-current={key === here ? 'true' : undefined} onClick={() => setChosen(key)}>
            {stageName(key, stages, t)} <span>{stageOf(summary, key).leads}</span>
          </button>
        ))}
      </nav>
      {here !== undefined && (
        <Column
          key={here}
          {...board}
          stage={here}
          stages={stages}
          figures={stageOf(summary, here)}
          held={null}
          over={false}
          hint=""
          writable={can(me, 'leads.write')}
          onKey={() => undefined}
          onLeave={() => undefined}
        />
      )}
    </div>
  );
}

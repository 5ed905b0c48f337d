/** Where a card ends: won or lost. Dropping there is enough; what is there opens as a table. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '@/features/leads/filters';
import type { Money } from '@/features/leads/summary';
import { isClosed, stageName, useStages, type Stage } from '@/lib/pipeline/stages';
import styles from './Board.module.css';
import { Figures } from './Figures';
import type { Held } from './shared';

interface Props {
  readonly stage: Stage;
  readonly figures: { readonly leads: number; readonly values: readonly Money[] };
  readonly filters: Filters;
  readonly held: Held | null;
  readonly over: boolean;
}

export function Zone({ stage, figures, filters, held, over }: Props) {
  const { t } = useTranslation();
  const zone = useRef<HTMLElement>(null);
  const stages = useStages();
  const name = stageName(stage.key, stages, t);
  const shut = held !== null && isClosed(stages, held.lead.stage_key, stage.key);
  useEffect(() => {
    const element = zone.current;
    return element ? dropTargetForElements({ element, getData: () => ({ stage: stage.key }) }) : undefined;
  }, [stage.key]);
  const Mark = stage.kind === 'won' ? IconCircleCheck : IconCircleX;
  return (
    <section ref={zone} className={styles['zone']} aria-label={name} data-stage={stage.key} data-over={over && !shut} data-shut={shut} data-kind={stage.kind}>
      <h2>
        <Mark size={16} aria-hidden /> {name}
      </h2>
      <Figures {...figures} />
      {shut && <p className={styles['shut']}>{t('leads.board.closed', { from: stageName(held.lead.stage_key, stages, t), to: name })}</p>}
      <Link to="/leads" search={{ ...filters, stage: stage.key }}>
        {t('leads.board.see')}
      </Link>
    </section>
  );
}

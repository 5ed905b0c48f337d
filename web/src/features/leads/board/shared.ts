/** What the parts of the board hand on to one another. */
import type { Filters } from '@/features/leads/filters';
import type { Lead, LeadQuery, Summary } from '@/features/leads/queries';
import type { Stage } from '@/lib/pipeline/stages';

export interface BoardProps {
  readonly stages: readonly Stage[];
  readonly asked: LeadQuery;
  readonly filters: Filters;
  readonly summary: Summary | undefined;
  /** When the next meeting of a lead begins. */
  readonly meetings: ReadonlyMap<number, string>;
  readonly onMove: (leads: readonly Lead[], stage: string) => void;
}

/** A card in somebody's hand: by the pointer, or lifted by keys and on its way to a stage. */
export interface Held {
  readonly lead: Lead;
  readonly to: string;
  readonly by: 'pointer' | 'keys';
}

/** Space lifts; arrows choose the stage; Space or Enter lets go; Escape gives it back. */
export type KeyAct = 'lift' | 'drop' | 'cancel' | 'next' | 'previous' | null;

export function actOf(key: string, lifted: boolean): KeyAct {
  if (!lifted) return key === ' ' ? 'lift' : null;
  if (key === ' ' || key === 'Enter') return 'drop';
  if (key === 'Escape') return 'cancel';
  if (key === 'ArrowRight' || key === 'ArrowDown') return 'next';
  return key === 'ArrowLeft' || key === 'ArrowUp' ? 'previous' : null;
}

/** The stage one step on; the ends stay. */
export function stepped(stages: readonly Stage[], from: string, by: 1 | -1): string {
  const at = stages.findIndex(({ key }) => key === from);
  return stages[Math.max(0, Math.min(stages.length - 1, at + by))]?.key ?? from;
}

/** Moving, adding and turning stages: only among those of a kind, for won and lost stand behind the open ones. Pure. */
import type { NamedStage, StageKind, Stages } from './queries';

/** Where every lead begins: it stays, and stays open. */
export const FIRST = 'new';

const EVEN: Readonly<Record<StageKind, number>> = { open: 50, won: 100, lost: 0 };
const ORDER: readonly StageKind[] = ['open', 'won', 'lost'];

export function mayMove(stages: Stages, index: number, by: -1 | 1): boolean {
  const [one, other] = [stages[index], stages[index + by]];
  return one !== undefined && one.kind === other?.kind;
}

export function moved(stages: Stages, index: number, by: -1 | 1): Stages {
  const [one, other] = [stages[index], stages[index + by]];
  if (!one || !other || !mayMove(stages, index, by)) return stages;
  return stages.map((stage, place) => (place === index ? other : place === index + by ? one : stage));
}

/** With one more at the end of the open ones; until it is saved its id is below zero and nothing can name it. */
export function withNew(stages: Stages, name: string): Stages {
  const id = Math.min(0, ...stages.map((stage) => stage.id)) - 1;
  return sorted([...stages, { id, key: '', kind: 'open', name, ownName: true, dayLimit: null, probability: EVEN.open, closedTo: [] }]);
}

/** With one of another kind, last among its like; a limit of days is an open one's alone. */
export function turned(stages: Stages, id: number, kind: StageKind): Stages {
  const stage = stages.find((one) => one.id === id);
  if (!stage || stage.kind === kind) return stages;
  const now: NamedStage = { ...stage, kind, probability: EVEN[kind], dayLimit: kind === 'open' ? stage.dayLimit : null };
  return sorted([...stages.filter((one) => one.id !== id), now]);
}

/** Whether the pipeline can do without it: it is not the first, and not the last of its kind. */
export function mayRemove(stages: Stages, stage: NamedStage): boolean {
  return stage.key !== FIRST && (stage.id < 0 || stages.some(({ id, kind }) => id > 0 && id !== stage.id && kind === stage.kind));
}

function sorted(stages: Stages): Stages {
  return ORDER.flatMap((kind) => stages.filter((stage) => stage.kind === kind));
}

/** Which rows are chosen for a bulk edit. Pure. */

export type Selection = ReadonlySet<number>;
export const NONE: Selection = new Set();

export function toggled(selection: Selection, id: number): Selection {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Shift-click: all from the last toggled row to this one are chosen, or given up where this one was chosen. */
export function ranged(selection: Selection, ids: readonly number[], from: number, to: number): Selection {
  const next = new Set(selection);
  const target = ids[to];
  const choosing = target !== undefined && !selection.has(target);
  for (const id of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (choosing) next.add(id);
    else next.delete(id);
  }
  return next;
}

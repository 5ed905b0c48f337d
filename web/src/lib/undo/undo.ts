/** Undo over confirm (UI §1.4): what was done last can be taken back for 8 s, by its toast or by ⌘/Ctrl Z. */

export const UNDO_MS = 8000;

interface Undoable {
  readonly run: () => void;
  readonly until: number;
}

let stack: Undoable[] = [];

/** Offer a way back; returns it, good for one call within the time. */
export function offerUndo(run: () => void, now: number = Date.now()): () => void {
  const entry: Undoable = { run, until: now + UNDO_MS };
  stack = [...stack.filter(({ until }) => until > now), entry];
  return () => take(entry);
}

/** Take back the last thing that still can be; false where there is none. */
export function undoLast(now: number = Date.now()): boolean {
  const last = stack.findLast(({ until }) => until > now);
  if (!last) return false;
  take(last);
  return true;
}

function take(entry: Undoable): void {
  if (!stack.includes(entry)) return;
  stack = stack.filter((other) => other !== entry);
  entry.run();
}

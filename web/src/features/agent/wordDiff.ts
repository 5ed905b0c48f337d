/** Two texts word by word: what stayed, what went, what came (longest common subsequence). Pure. */
export interface Piece {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

// Above this many comparisons a text is shown as replaced: nobody reads a rewritten page word by word.
const MOST = 2_000_000;

export function wordDiff(was: string, became: string): readonly Piece[] {
  const [old, fresh] = [wordsOf(was), wordsOf(became)];
  if (old.length * fresh.length > MOST) return joined([...old.map(gone), ...fresh.map(added)]);
  const common = lengths(old, fresh);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    const [one, other] = [old[i] ?? '', fresh[j] ?? ''];
    if (one === other) {
      pieces.push({ kind: 'same', text: one });
      i += 1;
      j += 1;
    } else if (at(common, i + 1, j) >= at(common, i, j + 1)) {
      pieces.push(gone(one));
      i += 1;
    } else {
      pieces.push(added(other));
      j += 1;
    }
  }
  return joined([...pieces, ...old.slice(i).map(gone), ...fresh.slice(j).map(added)]);
}

/** Words with the space after them, so that nothing is lost when they are put together. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

function lengths(old: readonly string[], fresh: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = rows[i];
      if (row) row[j] = old[i] === fresh[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function gone(text: string): Piece {
  return { kind: 'gone', text };
}

function added(text: string): Piece {
  return { kind: 'new', text };
}

/** Neighbours of one kind are one piece; what went stands before what came. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.kind === piece.kind) out[out.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    else out.push(piece);
  }
  return out;
}

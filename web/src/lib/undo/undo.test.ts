import { describe, expect, it, vi } from 'vitest';
import { offerUndo, UNDO_MS, undoLast } from './undo';

describe('undo', () => {
  it('takes back the last thing first, each once', () => {
    const [first, second] = [vi.fn(), vi.fn()];
    offerUndo(first, 0);
    offerUndo(second, 10);
    expect([undoLast(20), undoLast(20), undoLast(20)]).toEqual([true, true, false]);
    expect(second.mock.invocationCallOrder[0]).toBeLessThan(first.mock.invocationCallOrder[0] ?? 0);
  });

  it('is over after its time', () => {
    offerUndo(vi.fn(), 0);
    expect(undoLast(UNDO_MS + 1)).toBe(false);
  });
});

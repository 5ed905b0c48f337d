import { describe, expect, it } from 'vitest';
import { hold } from './held';

const rows = (...ids: number[]) => ids.map((id) => ({ id }));
const ids = (held: { readonly rows: readonly { readonly id: number }[] }) => held.rows.map((row) => row.id);

describe('a list in use', () => {
  it('keeps its order when one moves up, and counts it', () => {
    const held = hold(rows(3, 1, 2), [1, 2, 3]);
    expect(ids(held)).toEqual([1, 2, 3]);
    expect(held.news).toBe(1);
  });

  it('does not show a new row on top, and counts it', () => {
    const held = hold(rows(9, 1, 2), [1, 2]);
    expect(ids(held)).toEqual([1, 2]);
    expect(held.news).toBe(1);
  });

  it('shows the next page at the end without counting it', () => {
    const held = hold(rows(1, 2, 3, 4), [1, 2]);
    expect(ids(held)).toEqual([1, 2, 3, 4]);
    expect(held.news).toBe(0);
  });

  it('drops a row that is gone', () => {
    expect(hold(rows(1, 3), [1, 2, 3])).toEqual({ rows: rows(1, 3), news: 0 });
  });
});

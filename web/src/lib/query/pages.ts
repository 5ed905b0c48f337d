/** Lists that come in pages of `{items, next_cursor}`, and how a live event changes one row of them. */
import type { InfiniteData } from '@tanstack/react-query';

export interface Page<Row> {
  readonly items: Row[];
  readonly next_cursor: string | null;
}

export type Pages<Row> = InfiniteData<Page<Row>>;

export const pageParams = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { readonly next_cursor: string | null }) => last.next_cursor,
};

export function rowsOf<Row>(pages: Pages<Row> | undefined): readonly Row[] {
  return pages?.pages.flatMap((page) => page.items) ?? [];
}

/** The pages with one row changed; the same object where it is not among them. */
export function patchRow<Row extends { readonly id: number }>(
  pages: Pages<Row>,
  id: number,
  change: (row: Row) => Row,
): Pages<Row> {
  if (!rowsOf(pages).some((row) => row.id === id)) return pages;
  const changed = (page: Page<Row>) => ({
    ...page,
    items: page.items.map((row) => (row.id === id ? change(row) : row)),
  });
  return { ...pages, pages: pages.pages.map(changed) };
}

/** The pages without one row, for a record that left one's scope. */
export function dropRow<Row extends { readonly id: number }>(pages: Pages<Row>, id: number): Pages<Row> {
  if (!rowsOf(pages).some((row) => row.id === id)) return pages;
  const without = (page: Page<Row>) => ({ ...page, items: page.items.filter((row) => row.id !== id) });
  return { ...pages, pages: pages.pages.map(without) };
}

/** The pages with a row put first, unless it is there already. */
export function prependRow<Row extends { readonly id: number }>(pages: Pages<Row>, row: Row): Pages<Row> {
  const [first, ...rest] = pages.pages;
  if (!first || rowsOf(pages).some((known) => known.id === row.id)) return pages;
  return { ...pages, pages: [{ ...first, items: [row, ...first.items] }, ...rest] };
}

/** Under which keys the cache holds imports; apart, since the shell's live events need them without the pages. */
export const importKeys = {
  all: ['imports'] as const,
  list: ['imports', 'list'] as const,
  one: (id: number) => ['imports', 'one', id] as const,
  rows: (id: number, which: string) => ['imports', 'rows', id, which] as const,
};

/** What is read of the ledger, by name: apart, so that the live rules of the shell bring nothing else along. */
export const accountingKeys = {
  lines: ['accounting', 'lines'] as const,
  line: (id: number) => ['accounting', 'line', id] as const,
  totals: ['accounting', 'totals'] as const,
  rules: ['accounting', 'rules'] as const,
  /** The newest line that was heard of, 0 for none: the list offers it, and does not move by itself. */
  news: ['accounting', 'news'] as const,
};

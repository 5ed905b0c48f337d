/** What columns hold while somebody maps them: a field belongs to one column, and somebody must be recognisable. */
export const FIELDS = [
  'full_name',
  'first_name',
  'last_name',
  'phone',
  'email',
  'company',
  'stage',
  'owner',
  'source',
  'campaign',
  'value',
  'currency',
  'need',
  'language',
  'tags',
] as const;
/** One of ours, or one of the company's own by its key. */
export type Field = (typeof FIELDS)[number] | `custom:${string}`;
export type Columns = readonly (Field | null)[];

const RECOGNISING: readonly Field[] = ['full_name', 'first_name', 'last_name', 'phone', 'email'];

/** How a plan names a field of the company's own. */
export const customField = (key: string): Field => `custom:${key}`;

/** The columns with one of them holding `field`; the one that held it before holds nothing of ours. */
export function withField(columns: Columns, place: number, field: Field | null): Columns {
  return columns.map((held, at) => (at === place ? field : held === field ? null : held));
}

export function isEnough(columns: Columns): boolean {
  return columns.some((field) => field !== null && RECOGNISING.includes(field));
}

/** Up to three different texts that stand in a column. */
export function samplesOf(rows: readonly (readonly string[])[], place: number): readonly string[] {
  const cells = rows.map((row) => row[place]?.trim() ?? '').filter((cell) => cell !== '');
  return [...new Set(cells)].slice(0, 3);
}

/** «A», «B» … «AA»: how a spreadsheet calls a column without a header. */
export function letterOf(place: number): string {
  const rest = Math.floor(place / 26);
  return `${rest > 0 ? letterOf(rest - 1) : ''}${String.fromCharCode(65 + (place % 26))}`;
}

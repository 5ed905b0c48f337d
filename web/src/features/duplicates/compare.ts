/** Which fields of two leads differ, and whose is kept unless somebody chooses. Pure. */
import type { Lead } from './queries';

export const FIELDS = [
  'full_name', 'phone', 'email', 'company', 'need', 'stage_key', 'owner_user_id', 'value', 'interest', 'source',
] as const satisfies readonly (keyof Lead)[];
export type Compared = (typeof FIELDS)[number];

/** The fields on which one has to choose: both have something, and not the same. */
export function differing(one: Lead, other: Lead): readonly Compared[] {
  return FIELDS.filter((field) => one[field] !== null && other[field] !== null && said(one, field) !== said(other, field));
}

/** A value as it is compared: an amount goes with its currency. */
export function said(lead: Lead, field: Compared): string {
  const value = lead[field];
  if (value === null) return '';
  return field === 'value' ? `${value} ${lead.currency ?? ''}` : String(value);
}

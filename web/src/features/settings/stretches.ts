/** A year's days as they are read: those that the company closed as one stand together. Pure. */
import type { Holidays, Stretch } from './queries';

type CompanyDay = Holidays['days'][number];
export type ShownStretch = Stretch & Pick<CompanyDay, 'closed'>;

const DAY_MS = 24 * 3_600_000;

/** Days in order; a public holiday stands by itself, so that it can be kept or not. */
export function stretchesOf(days: readonly CompanyDay[]): readonly ShownStretch[] {
  const found: (ShownStretch & { readonly public: boolean })[] = [];
  for (const { day, name, closed, public: isPublic } of days) {
    const before = found.at(-1);
    const goesOn =
      before && !isPublic && !before.public && before.closed === closed && before.name === name && dayAfter(before.last) === day;
    if (goesOn) found[found.length - 1] = { ...before, last: day };
    else found.push({ first: day, last: day, name, closed, public: isPublic });
  }
  return found.map(({ first, last, name, closed }) => ({ first, last, name, closed }));
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

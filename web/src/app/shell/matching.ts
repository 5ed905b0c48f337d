/** Narrowing what the palette offers: every word typed begins somewhere in the label, accents aside. */
import type { SpotlightActionGroupData } from '@mantine/spotlight';

export function matching(typed: string, groups: readonly SpotlightActionGroupData[]): SpotlightActionGroupData[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return groups.map((group) => ({
    ...group,
    actions: group.actions.filter(({ label }) => words.every((word) => plain(label ?? '').includes(word))),
  }));
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{Diacritic}/gu, '').toLowerCase();
}

/** Mentions in a note: who is being typed, and who was meant in the end. Pure. */

interface Named {
  readonly id: number;
  readonly name: string;
}

/** What stands behind the @ that the caret is at; null where it is at none. */
export function mentionAt(text: string, place: number): string | null {
  return /(?:^|\s)@([\p{L}\p{M}]*(?: [\p{L}\p{M}]*)?)$/u.exec(text.slice(0, place))?.[1] ?? null;
}

/** The text with the whole name in the place of what was typed of it, and where the caret goes. */
export function withMention(text: string, place: number, name: string): { readonly text: string; readonly place: number } {
  const typed = mentionAt(text, place) ?? '';
  const before = `${text.slice(0, place - typed.length)}${name} `;
  return { text: before + text.slice(place).trimStart(), place: before.length };
}

/** The ids of those whose names stand behind an @; of «Ana» and «Ana Ruiz» the longer one that fits is meant. */
export function mentioned(text: string, team: readonly Named[]): number[] {
  const longest = team.toSorted((one, other) => other.name.length - one.name.length);
  const meant = new Set<number>();
  for (const { index } of text.matchAll(/@/g)) {
    const rest = text.slice(index + 1).toLocaleLowerCase();
    const found = longest.find(({ name }) => name !== '' && rest.startsWith(name.toLocaleLowerCase()));
    if (found) meant.add(found.id);
  }
  return [...meant];
}

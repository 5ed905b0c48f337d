/** A new field's key, made of its name; the choices that somebody typed with commas. Pure. */

export function keyOf(label: string): string {
  const plain = label.trim().toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '').slice(0, 40);
}

export function choicesOf(text: string): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()).filter(Boolean))];
}

export function swapped<Item>(items: readonly Item[], one: number, other: number): Item[] {
  const moved = [...items];
  const [first, second] = [items[one], items[other]];
  if (first === undefined || second === undefined) return moved;
  moved[one] = second;
  moved[other] = first;
  return moved;
}

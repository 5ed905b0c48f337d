/** How long a WhatsApp text may be, counted in characters as the server counts them. Pure. */
export const LONGEST = 4096;
const NEAR = 300;

/** How many characters are left, once the end is near; null before. */
export function left(text: string): number | null {
  if (text.length < LONGEST - NEAR) return null; // never more characters than units
  const rest = LONGEST - Array.from(text.trim()).length;
  return rest <= NEAR ? rest : null;
}

export function tooLong(text: string): boolean {
  return (left(text) ?? 0) < 0;
}

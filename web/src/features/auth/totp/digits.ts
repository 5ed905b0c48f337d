/** What was typed or pasted as a code of the app: «123 456» is six digits. */
export const DIGITS = 6;

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '').slice(0, DIGITS);
}

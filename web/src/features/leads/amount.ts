/** Amounts as people type them: «1.200,50», «1,200.50», «1200». Pure. */

/** The amount as the API takes it; null where the text is none. The last mark with one or two digits behind is decimal. */
export function parseAmount(text: string): string | null {
  const plain = text.replaceAll(/\s/g, '');
  if (!/^\d[\d.,]*$/.test(plain)) return null;
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(plain) ?? [];
  const groups = whole.split(/[.,]/);
  if (groups.slice(1).some((group) => group.length !== 3)) return null;
  const digits = groups.join('').replace(/^0+(?=\d)/, '');
  return digits.length > 12 ? null : `${digits}.${cents.padEnd(2, '0')}`;
}

/** «1200» or «1200.50»: what is put into the field to be edited. */
export function plainAmount(value: string): string {
  return value.replace(/\.00$/, '');
}

export const CURRENCIES = ['USD', 'ARS', 'BRL', 'CLP', 'COP', 'EUR', 'MXN', 'PEN', 'UYU'] as const;

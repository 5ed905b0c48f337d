/** Amounts as people type them: «1.200,50», «1,200.50», «1200». Pure. */
import { localeOf } from '@/lib/i18n/format';

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

/** «1.200» or «1,200.50»: as it is put into the field to be edited, in the marks of the reader. */
export function plainAmount(value: string, language: string): string {
  const digits = value.endsWith('.00') ? 0 : 2;
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(localeOf(language), form).format(Number(value));
}

export const CURRENCIES = ['USD', 'ARS', 'BRL', 'CLP', 'COP', 'EUR', 'MXN', 'PEN', 'UYU'] as const;

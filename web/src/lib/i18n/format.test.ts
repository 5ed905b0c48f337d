import { describe, expect, it } from 'vitest';
import { firstLanguage } from '.';
import { ago, localeOf, money } from './format';

describe('words for time and money', () => {
  it.each([
    ['es', 0, 'ahora'],
    ['en', 30_000, 'now'],
    ['es', 14 * 60_000, '14 min'],
    ['pt', 3 * 3_600_000, '3 h'],
  ])('in %s after %d ms', (language, passed, words) => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(ago(new Date(now - passed).toISOString(), now, language)).toBe(words);
  });

  it('never has a bare dollar sign', () => {
    expect(money('1200.00', 'USD', 'en')).toBe('US$ 1,200');
    expect(money('1200.50', 'ARS', 'en')).toBe('ARS 1,200.50');
  });

  it('follows the country of the browser where it speaks the language', () => {
    expect(localeOf('es', ['en-US', 'es-AR'])).toBe('es-AR');
    expect(localeOf('pt', ['en-US'])).toBe('pt-BR');
  });

  it('begins in the chosen language, else the first known of the browser, else Spanish', () => {
    expect(firstLanguage('pt', ['en'])).toBe('pt');
    expect(firstLanguage(null, ['fr-FR', 'en-GB'])).toBe('en');
    expect(firstLanguage(null, ['fr'])).toBe('es');
  });
});

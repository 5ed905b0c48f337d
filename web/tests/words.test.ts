/** Every key in every language, none unused, one way of address, and no colour outside the tokens (UI §2, §6). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findUsed, leaves, otherTrato, unknownKeys } from './words';

const SOURCE = join(import.meta.dirname, '../src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const code = files
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.endsWith('schema.d.ts'))
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
  .join('\n');
const words = (language: string) =>
  leaves(JSON.parse(readFileSync(join(SOURCE, `lib/i18n/locales/${language}.json`), 'utf8')) as object);
const used = findUsed(code);
const spanish = words('es');
const plain = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')));

describe.each(['es', 'en', 'pt'])('words in %s', (language) => {
  const known = words(language);

  it('have every key that the code asks for', () => {
    expect(unknownKeys(used, plain(known.keys()))).toEqual([]);
  });

  it('have no key that the code does not ask for', () => {
    const unused = [...plain(known.keys())].filter(
      (key) => !used.keys.has(key) && !used.prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('have the keys of Spanish and no others', () => {
    expect([...plain(known.keys())].sort()).toEqual([...plain(spanish.keys())].sort());
  });

  it('are not empty, and keep the placeholders', () => {
    const holes = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();
    for (const [key, text] of known) {
      expect(text.trim(), key).not.toBe('');
      expect(holes(text), key).toEqual(holes(spanish.get(key) ?? text));
    }
  });

  it('have every plural form of the language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const base of plain([...known.keys()].filter((key) => key.endsWith('_other')))) {
      const given = [...known.keys()].filter((key) => key.startsWith(`${base}_`)).map((key) => key.slice(base.length + 1));
      expect(given.sort(), base).toEqual(forms);
    }
  });
});

describe('the way of address in Spanish', () => {
  it('is tú everywhere', () => {
    // What the agent says to customers is the company's choice, and has to be named.
    const own = [...spanish].filter(([key]) => !key.startsWith('agentPage.trato.'));
    for (const [key, text] of own) expect(otherTrato(text), `${key}: ${text}`).toBeNull();
  });

  it.each(['¿Querés verlo?', 'Escribí tu nombre', 'Revise su correo', 'Usted puede', 'Elegí vos', 'Tenés 3', '¿Podéis?', 'Haga clic', 'Ingresá'])(
    'would be noticed in «%s»',
    (text) => expect(otherTrato(text)).not.toBeNull(),
  );
});

describe('colours', () => {
  it('are named in the tokens alone', () => {
    const styled = files.filter((name) => /\.(css|tsx?)$/.test(name) && !name.endsWith('theme/tokens.ts'));
    const found = styled.filter((name) => /#[0-9a-f]{3,8}\b/i.test(readFileSync(join(SOURCE, name), 'utf8').replaceAll('#root', '').replaceAll('#main', '')));
    expect(found).toEqual([]);
  });
});

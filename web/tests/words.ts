/** Readers of the sources and the words, for the tests of them. */

export interface Used {
  readonly keys: ReadonlySet<string>;
  /** Of keys that are put together: t(`stage.${key}`). */
  readonly prefixes: readonly string[];
}

export function findUsed(code: string): Used {
  const keys = [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
  const prefixes = [...code.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  return { keys: new Set(keys), prefixes };
}

export function unknownKeys(used: Used, known: ReadonlySet<string>): string[] {
  const keys = [...used.keys].filter((key) => !known.has(key));
  return [...keys, ...used.prefixes.filter((prefix) => ![...known].some((key) => key.startsWith(prefix)))];
}

export function leaves(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree) as [string, object | string][]) {
    if (typeof value === 'string') found.set(path + name, value);
    else for (const [key, text] of leaves(value, `${path}${name}.`)) found.set(key, text);
  }
  return found;
}

const VOS = /(?<![\p{L}])(vos|usted|ustedes|vosotros|vosotras|\p{L}+(?:áis|éis))(?![\p{L}])/iu;
const VOS_PRESENT = /(?<![\p{L}])(querés|tenés|podés|sabés|hacés|decís|venís|debés|ves[íi]s|\p{L}{2,}(?:ás|és|ís))(?![\p{L}])/iu;
const VOS_IMPERATIVE = /(?<![\p{L}])(escrib|eleg|abr|ingres|mir|prob|revis|esper|tom|agreg|guard|cre|conect|import|pon|hac|pid|volv|sub|busc|us|avis|ped|segu|correg|habl)(á|é|í)(?![\p{L}])/iu;
const USTED_IMPERATIVE =
  /(?<![\p{L}])(escriba|elija|abra|ingrese|mire|pruebe|revise|espere|tome|agregue|guarde|conecte|importe|ponga|haga|pida|vuelva|suba|busque|avise|hable|corrija|siga|seleccione|verifique|intente)(lo|la|los|las|le|se)?(?![\p{L}])/iu;
const ALLOWED = new Set(['más', 'además', 'después', 'interés', 'inglés', 'portugués', 'país', 'atrás', 'través', 'verás', 'podrás', 'quizás', 'mes', 'jamás', 'detrás', 'estrés', 'estás', 'das', 'verás', 'tendrás', 'serás']);

/** The first word that speaks to the reader as vos, usted or vosotros; null where all is tú. */
export function otherTrato(text: string): string | null {
  for (const pattern of [VOS, VOS_PRESENT, VOS_IMPERATIVE, USTED_IMPERATIVE]) {
    const found = [...text.matchAll(new RegExp(pattern, 'giu'))].map(([word]) => word.toLowerCase());
    const guilty = found.find((word) => !ALLOWED.has(word));
    if (guilty) return guilty;
  }
  return null;
}

/** Variables that stand open in a text: it is not sent before they are filled. The server refuses it alike. Pure. */
const NAMES: ReadonlySet<string> = new Set(
  'nombre,name,nome,vendedor,seller,empresa,company,agente,agent,necesidad,need,necessidade,fecha de la reunion,meeting day,data da reuniao,hora de la reunion,meeting time,hora da reuniao'.split(','),
);

export interface Gap {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export function gapsIn(text: string): readonly Gap[] {
  if (!text.includes('{')) return [];
  return [...text.matchAll(/\{\s*([^{}\n]{1,40}?)\s*\}/g)].flatMap(({ 0: whole, 1: name = '', index }) => {
    const known = NAMES.has(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' '));
    return known ? [{ name, from: index, to: index + whole.length }] : [];
  });
}

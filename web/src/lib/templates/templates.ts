/** Templates as the API tells of them, and how one reads with its values. The last word is the server's. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import type { ApiProblem } from '@/lib/api/problem';
import { everyPage } from '@/lib/query/all';
import { templateKeys } from './keys';

export type Template = Schemas['TemplateView'];
export type Variable = Schemas['VariableView'];
export type Offered = Schemas['OfferedView'];
export type Values = Readonly<Record<string, string>>;
export type Part = 'header' | 'body' | 'button';

export const templatesQuery = queryOptions({
  queryKey: templateKeys.list,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) =>
      bodyOf(await api.GET('/chat/templates', { signal, params: { query: { limit: 100, ...(cursor && { cursor }) } } })),
    ),
});

export const offeredInQuery = (conversation: number) =>
  queryOptions({
    queryKey: templateKeys.offeredIn(conversation),
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/chat/conversations/{conversation_id}/templates', {
          signal,
          params: { path: { conversation_id: conversation } },
        }),
      ),
  });

export const offeredToQuery = (lead: number) =>
  queryOptions({
    queryKey: templateKeys.offeredTo(lead),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/chat/leads/{lead_id}/templates', { signal, params: { path: { lead_id: lead } } })),
  });

const VARIABLE = /\{\{\s*(\w{1,64})\s*\}\}/g;

export interface Piece {
  readonly text: string;
  /** The variable that stands here, filled or still open. */
  readonly variable: string | null;
}

/** A part of a template in pieces, its variables filled; an empty value leaves its name in braces. */
export function pieces(part: Part, text: string, values: Values): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), variable: null });
    const key = `${part}:${match[1] ?? ''}`;
    found.push({ text: values[key]?.trim() || match[0], variable: key });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), variable: null });
  return found;
}

/** The examples with which it was approved. */
export function samplesOf(template: Template): Values {
  return Object.fromEntries(template.variables.flatMap(({ key, sample }) => (sample ? [[key, sample]] : [])));
}

export type Flaw = 'missing' | 'too_long' | 'bad_whitespace' | 'not_https';
const FLAWS = ['missing', 'too_long', 'bad_whitespace', 'not_https'] as const;

/** Why WhatsApp would refuse a value: what the server will say, said while it is typed. */
export function flawOf({ limit, is_link }: Variable, value: string): Flaw | null {
  if (value.trim() === '') return 'missing';
  if (/[\n\r\t]| {5,}/.test(value)) return 'bad_whitespace';
  if (value.length > limit) return 'too_long';
  return is_link && !value.startsWith('https://') ? 'not_https' : null;
}

export function isWhole(template: Template, values: Values): boolean {
  return template.variables.every((variable) => flawOf(variable, values[variable.key] ?? '') === null);
}

/** Which values the server has refused, by the variable's key. */
export function flawsOf(problem: ApiProblem): Readonly<Record<string, Flaw>> {
  const told = problem.members['values'];
  if (typeof told !== 'object' || told === null) return {};
  return Object.fromEntries(
    Object.entries(told).flatMap(([key, word]) => {
      const flaw = FLAWS.find((known) => known === word);
      return flaw ? [[key, flaw]] : [];
    }),
  );
}

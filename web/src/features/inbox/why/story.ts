/** A turn told in order: its steps, and the tools under the step in which they were called. Pure. */
import type { Step, ToolCall, Turn } from './queries';

export interface Chapter {
  readonly step: Step;
  readonly tools: readonly ToolCall[];
}

/** A tool belongs to the last thinking that had begun when it was called; what came before the first goes to the first. */
export function chaptersOf(turn: Pick<Turn, 'steps' | 'tools'>): readonly Chapter[] {
  const thoughts = turn.steps.filter(isThought);
  const home = (call: ToolCall) => thoughts.findLast((step) => Date.parse(step.started_at) <= Date.parse(call.created_at)) ?? thoughts[0];
  return turn.steps.map((step) => ({ step, tools: turn.tools.filter((call) => home(call) === step) }));
}

/** Tools of a turn whose thinking has left no step yet: it is still at it. */
export function looseTools(turn: Pick<Turn, 'steps' | 'tools'>): readonly ToolCall[] {
  return turn.steps.some(isThought) ? [] : turn.tools;
}

export function isThought(step: Pick<Step, 'name'>): boolean {
  return step.name.startsWith('think');
}

export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000;
}

/** The texts of a list that was stored as JSON. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The passages that a reply rests on, as they stood when it was written. */
export function passagesOf(step: Pick<Step, 'detail'>): readonly { readonly heading: string; readonly text: string }[] {
  const listed = step.detail['passages'];
  return Array.isArray(listed)
    ? listed.map((one: unknown) => {
        const told = (typeof one === 'object' && one !== null ? one : {}) as Readonly<Record<string, unknown>>;
        const page = numberOf(told['page']);
        return { heading: page > 0 ? `${textOf(told['heading'])}, p. ${page}` : textOf(told['heading']), text: textOf(told['text']) };
      })
    : [];
}

/** The models that did not answer before the one that did, each with how. */
export function sparesOf(step: Pick<Step, 'detail'>): readonly { readonly model: string; readonly how: string }[] {
  return textsOf(step.detail['spares']).map((told) => {
    const at = told.lastIndexOf(': ');
    return { model: told.slice(0, at), how: told.slice(at + 2) };
  });
}

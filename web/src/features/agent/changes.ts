/** What differs between two scripts, field by field, in the reader's words. */
import type { TFunction } from 'i18next';
import type { Script } from './queries';

export const FIELDS = [
  'agent_name', 'persona', 'tone', 'trato', 'languages', 'default_language', 'never', 'disclosure', 'offer', 'questions',
] as const satisfies readonly (keyof Script)[];
export type Field = (typeof FIELDS)[number];

export interface Change {
  readonly field: Field;
  readonly was: string;
  readonly became: string;
}

export function changesOf(was: Script, became: Script, t: TFunction): readonly Change[] {
  return FIELDS.filter((field) => !same(was[field], became[field])).map((field) => ({
    field,
    was: written(was, field, t),
    became: written(became, field, t),
  }));
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function written(script: Script, field: Field, t: TFunction): string {
  switch (field) {
    case 'tone':
      return t(`agentPage.tone.${script.tone}`);
    case 'trato':
      return t(`agentPage.trato.${script.trato}`);
    case 'languages':
      return script.languages.map((language) => t(`agentPage.language.${language}`)).join(', ');
    case 'default_language':
      return t(`agentPage.language.${script.default_language}`);
    case 'questions':
      return script.questions.map(({ topic, text }) => `${text} (${t(`agentPage.topic.${topic}`)})`).join('\n');
    case 'never':
      return script.never.join('\n');
    default:
      return script[field];
  }
}

/** What the server would not take, by field; empty where all may be saved. */
export function judge(script: Script, t: TFunction): Readonly<Partial<Record<Field, string>>> {
  const wrong: Partial<Record<Field, string>> = {};
  if (script.agent_name.trim() === '') wrong.agent_name = t('agentPage.judge.name');
  if (script.languages.length === 0) wrong.languages = t('agentPage.judge.languages');
  if (script.questions.some(({ text }) => text.trim() === '')) wrong.questions = t('agentPage.judge.question');
  if (repeated(script.questions.map(({ topic }) => topic))) wrong.questions = t('agentPage.judge.topics');
  return wrong;
}

function repeated(topics: readonly string[]): boolean {
  const named = topics.filter((topic) => topic !== 'other');
  return new Set(named).size < named.length;
}

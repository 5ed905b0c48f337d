import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { changesOf, judge } from './changes';
import type { Script } from './queries';

const t = ((key: string) => key) as unknown as TFunction;
const SCRIPT: Script = {
  agent_name: 'Sofía', persona: '', offer: 'Limpieza', tone: 'warm', trato: 'tu', languages: ['es', 'en'], default_language: 'es',
  never: [], disclosure: '', questions: [{ topic: 'need', text: '¿Qué te duele?' }],
};

describe('changesOf', () => {
  it('names what differs and nothing else', () => {
    const became: Script = { ...SCRIPT, trato: 'usted', never: ['Diagnosticar'], questions: [] };
    expect(changesOf(SCRIPT, became, t)).toEqual([
      { field: 'trato', was: 'agentPage.trato.tu', became: 'agentPage.trato.usted' },
      { field: 'never', was: '', became: 'Diagnosticar' },
      { field: 'questions', was: '¿Qué te duele? (agentPage.topic.need)', became: '' },
    ]);
    expect(changesOf(SCRIPT, { ...SCRIPT }, t)).toEqual([]);
  });
});

describe('judge', () => {
  it('finds what the server would refuse', () => {
    expect(judge(SCRIPT, t)).toEqual({});
    expect(judge({ ...SCRIPT, agent_name: ' ', languages: [] }, t)).toEqual({
      agent_name: 'agentPage.judge.name',
      languages: 'agentPage.judge.languages',
    });
    expect(judge({ ...SCRIPT, questions: [{ topic: 'need', text: ' ' }] }, t)).toHaveProperty('questions');
    const twice = [{ topic: 'need', text: 'a' }, { topic: 'need', text: 'b' }] as const;
    expect(judge({ ...SCRIPT, questions: [...twice] }, t)).toEqual({ questions: 'agentPage.judge.topics' });
    const others = [{ topic: 'other', text: 'a' }, { topic: 'other', text: 'b' }] as const;
    expect(judge({ ...SCRIPT, questions: [...others] }, t)).toEqual({});
  });
});

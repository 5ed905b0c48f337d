import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/lib/api/problem';
import { judge, judgeStages } from './judge';
import type { Stages, ValuesOf } from './queries';
import { moved } from './stageOrder';
import { fieldsOf } from './useDraft';

const t = ((key: string) => key) as unknown as TFunction;
const MEETINGS: ValuesOf<'meetings'> = {
  meeting_minutes: 30,
  slot_granularity_minutes: 30,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  minimum_notice_minutes: 60,
  horizon_days: 30,
  most_meetings_per_day: null,
  offer_minutes: 30,
  hold_minutes: null,
  assignment: 'least_busy',
  holiday_country: '',
  holiday_region: '',
};
const AGENT: ValuesOf<'agent'> = {
  agent_name: 'Sofía',
  agent_mode: 'autopilot',
  quiet_seconds: 6,
  maximum_wait_seconds: 25,
  takeover_hours: 24,
  agent_hours: {},
  ai_disclosure: false,
  turns_per_day: null,
};

describe('what a value must be like', () => {
  it('leaves good ones alone, and no limit is a good one', () => {
    expect(judge(MEETINGS, t)).toEqual({});
    expect(judge(AGENT, t)).toEqual({});
  });

  it.each([
    [{ meeting_minutes: 4 }, 'meeting_minutes', 'settings.judge.range'],
    [{ meeting_minutes: Number.NaN }, 'meeting_minutes', 'settings.judge.range'],
    [{ slot_granularity_minutes: 25 }, 'slot_granularity_minutes', 'settings.judge.divides'],
    [{ most_meetings_per_day: 0 }, 'most_meetings_per_day', 'settings.judge.range'],
  ])('%j is told at its field', (changed, field, words) => {
    expect(judge({ ...MEETINGS, ...changed }, t)).toEqual({ [field]: words });
  });

  it('is told of names and of waits that contradict each other', () => {
    expect(judge({ ...AGENT, agent_name: '  ' }, t)).toEqual({ agent_name: 'settings.judge.required' });
    expect(judge({ ...AGENT, agent_name: 'x'.repeat(61) }, t)).toEqual({ agent_name: 'settings.judge.long' });
    expect(judge({ ...AGENT, quiet_seconds: 30 }, t)).toEqual({ maximum_wait_seconds: 'settings.judge.wait' });
  });

  it('is what the server told of too, by the last part of the place', () => {
    const errors = [{ loc: ['body', 'values', 'zone'], msg: 'x' }, { loc: ['body', 0] }, 'odd'];
    expect(fieldsOf(new ApiProblem(422, 'malformed', null, null, { errors }))).toEqual(['zone']);
    expect(fieldsOf(new ApiProblem(500, 'x', null, null))).toEqual([]);
  });
});

const STAGES: Stages = [
  { id: 1, key: 'new', kind: 'open', name: 'Nuevo', ownName: false, dayLimit: null, probability: 50, closedTo: [] },
  { id: 2, key: 'contacted', kind: 'open', name: 'Contactado', ownName: false, dayLimit: null, probability: 50, closedTo: [] },
  { id: 6, key: 'won', kind: 'won', name: 'Ganado', ownName: false, dayLimit: null, probability: 50, closedTo: [] },
  { id: 7, key: 'lost', kind: 'lost', name: 'Perdido', ownName: false, dayLimit: null, probability: 50, closedTo: [] },
];

describe('stages', () => {
  it('have names, and no name twice', () => {
    const named = STAGES.map((stage) => (stage.id === 2 ? { ...stage, name: 'nuevo ' } : stage));
    expect(judgeStages(named, ({ name }) => name, t)).toEqual({ 2: 'settings.judge.twice' });
    expect(judgeStages(STAGES, ({ id, name }) => (id === 1 ? ' ' : name), t)).toEqual({ 1: 'settings.judge.required' });
  });

  it('change places among the open ones, and the last two never', () => {
    const order = (stages: Stages) => stages.map(({ id }) => id);
    expect(order(moved(STAGES, 0, 1))).toEqual([2, 1, 6, 7]);
    expect(order(moved(STAGES, 1, 1))).toEqual([1, 2, 6, 7]);
    expect(order(moved(STAGES, 0, -1))).toEqual([1, 2, 6, 7]);
    expect(order(moved(STAGES, 3, -1))).toEqual([1, 2, 6, 7]);
  });
});

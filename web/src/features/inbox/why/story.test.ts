import { describe, expect, it } from 'vitest';
import type { Step, ToolCall } from './queries';
import { chaptersOf, looseTools, secondsBetween, sparesOf } from './story';

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 10, 0, second)).toISOString();
const step = (name: string, from: number, to = from): Step => ({
  name,
  attempt: 1,
  outcome: 'ok',
  detail: {},
  started_at: at(from),
  finished_at: at(to),
});
const call = (tool: string, second: number): ToolCall => ({ tool, arguments: {}, refused: false, result: {}, created_at: at(second) });

describe('a turn told in order', () => {
  it('puts each tool under the thinking that called it', () => {
    const steps = [step('gather', 0), step('think:1', 1, 4), step('think:2', 5, 8), step('send', 9)];
    const tools = [call('qualify_lead', 2), call('check_seller_availability', 6)];
    const told = chaptersOf({ steps, tools }).map((one) => [one.step.name, one.tools.map(({ tool }) => tool)]);
    expect(told).toEqual([
      ['gather', []],
      ['think:1', ['qualify_lead']],
      ['think:2', ['check_seller_availability']],
      ['send', []],
    ]);
  });

  it('loses no tool whose clock ran ahead of its step', () => {
    const told = chaptersOf({ steps: [step('think:1', 3)], tools: [call('qualify_lead', 1)] });
    expect(told[0]?.tools).toHaveLength(1);
  });

  it('shows the tools of a turn that still thinks', () => {
    const turn = { steps: [step('gather', 0)], tools: [call('qualify_lead', 1)] };
    expect(looseTools(turn)).toHaveLength(1);
    expect(looseTools({ ...turn, steps: [...turn.steps, step('think:1', 0)] })).toEqual([]);
  });

  it('names the models that did not answer, colons and all', () => {
    const detail = { spares: ['openai:gpt-5: slow', 'small: busy'] };
    expect(sparesOf({ detail })).toEqual([
      { model: 'openai:gpt-5', how: 'slow' },
      { model: 'small', how: 'busy' },
    ]);
    expect(sparesOf({ detail: {} })).toEqual([]);
  });

  it('never counts backwards', () => {
    expect(secondsBetween(at(5), at(3))).toBe(0);
    expect(secondsBetween(at(3), at(5))).toBe(2);
  });
});

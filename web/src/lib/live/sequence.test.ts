import { describe, expect, it } from 'vitest';
import { asAnswer, Sequence, type LiveEvent } from './sequence';

const event = (seq: number): LiveEvent => ({ name: 'NEW_MESSAGE', payload: { seq } });
const numbers = (events: readonly LiveEvent[]) => events.map(({ payload }) => payload.seq);

describe('the sequence of live events', () => {
  it('holds events until catch_up has answered, and applies the missed ones first', () => {
    const sequence = new Sequence();
    sequence.caughtUp({ reset: true, seq: 10 });
    sequence.hold();
    expect(sequence.receive(event(13))).toEqual([]);
    expect(numbers(sequence.caughtUp({ events: [event(11), event(12)], seq: 12 }).events)).toEqual([11, 12, 13]);
  });

  it('applies nothing twice', () => {
    const sequence = new Sequence();
    sequence.caughtUp({ reset: true, seq: 10 });
    expect(numbers(sequence.receive(event(11)))).toEqual([11]);
    expect(sequence.receive(event(11))).toEqual([]);
    sequence.hold();
    sequence.receive(event(12));
    expect(numbers(sequence.caughtUp({ events: [event(11), event(12)], seq: 12 }).events)).toEqual([12]);
  });

  it('asks from nothing at first and from the last number later, events of others included', () => {
    const sequence = new Sequence();
    expect(sequence.last).toBeNull();
    sequence.caughtUp({ reset: true, seq: 4 });
    sequence.receive(event(7));
    expect(sequence.last).toBe(7);
    sequence.hold();
    sequence.caughtUp({ events: [], seq: 9 });
    expect(sequence.last).toBe(9);
  });

  it('drops what a reset has covered and keeps what came after it', () => {
    const sequence = new Sequence();
    sequence.receive(event(3));
    sequence.receive(event(6));
    const step = sequence.caughtUp({ reset: true, seq: 5 });
    expect(step.reset).toBe(true);
    expect(numbers(step.events)).toEqual([6]);
  });

  it('takes a late event with a lower number that was not seen', () => {
    const sequence = new Sequence();
    sequence.caughtUp({ reset: true, seq: 1 });
    expect(numbers(sequence.receive(event(3)))).toEqual([3]);
    expect(numbers(sequence.receive(event(2)))).toEqual([2]);
    expect(sequence.last).toBe(3);
  });

  it('does not grow without end', () => {
    const sequence = new Sequence();
    sequence.caughtUp({ reset: true, seq: 0 });
    for (let seq = 1; seq <= 5000; seq += 1) expect(sequence.receive(event(seq))).toHaveLength(1);
    expect(sequence.receive(event(1))).toEqual([]);
  });
});

describe('an answer to catch_up', () => {
  it.each([null, {}, { error: 'unavailable' }, { seq: 'x' }, { seq: 4 }])('is no answer: %j', (answer) =>
    expect(asAnswer(answer)).toBeNull(),
  );

  it('is a reset or events', () => {
    expect(asAnswer({ reset: true, seq: 4 })).toEqual({ reset: true, seq: 4 });
    expect(asAnswer({ events: [event(4), { name: 'x', payload: {} }], seq: 4 })).toEqual({ events: [event(4)], seq: 4 });
  });
});

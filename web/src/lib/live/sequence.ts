/**
 * Puts live events and what `catch_up` answers into one stream without a loss or a repetition (PRODUCT §13). Pure.
 *
 * After each connect the events are held until the answer is there. Numbers may jump: events of rooms that one does not
 * stand in are not sent.
 */
export interface LiveEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly seq: number };
}

export type CatchUpAnswer =
  | { readonly events: readonly LiveEvent[]; readonly seq: number }
  | { readonly reset: true; readonly seq: number };

export interface Step {
  /** Everything may have changed: load anew. */
  readonly reset: boolean;
  readonly events: readonly LiveEvent[];
}

const MOST_SEEN = 2000;

export class Sequence {
  /** What `catch_up` is asked with; null as long as nothing is known. */
  last: number | null = null;
  private held: LiveEvent[] | null = [];
  private floor = 0;
  private readonly seen = new Set<number>();

  /** A connection has begun: hold what comes until `caughtUp`. */
  hold(): void {
    this.held = [];
  }

  /** A live event; returns what is to be applied now. */
  receive(event: LiveEvent): readonly LiveEvent[] {
    if (this.held) {
      this.held.push(event);
      return [];
    }
    return this.fresh([event]);
  }

  /** The answer to `catch_up(last)`. */
  caughtUp(answer: CatchUpAnswer): Step {
    const held = this.held ?? [];
    this.held = null;
    if ('reset' in answer) {
      this.seen.clear();
      this.floor = answer.seq;
      this.last = answer.seq;
      return { reset: true, events: this.fresh(held) };
    }
    const missed = this.fresh(answer.events);
    this.last = Math.max(this.last ?? 0, answer.seq);
    return { reset: false, events: [...missed, ...this.fresh(held)] };
  }

  private fresh(events: readonly LiveEvent[]): LiveEvent[] {
    return events.filter(({ payload: { seq } }) => {
      if (seq <= this.floor || this.seen.has(seq)) return false;
      this.seen.add(seq);
      this.last = Math.max(this.last ?? 0, seq);
      if (this.seen.size > MOST_SEEN) this.forgetOldest();
      return true;
    });
  }

  private forgetOldest(): void {
    const sorted = [...this.seen].sort((a, b) => a - b);
    for (const seq of sorted.slice(0, MOST_SEEN / 2)) {
      this.seen.delete(seq);
      this.floor = Math.max(this.floor, seq);
    }
  }
}

export function isLiveEvent(event: { name: string; payload: unknown }): event is LiveEvent {
  const payload = event.payload as { seq?: unknown } | null;
  return typeof payload === 'object' && typeof payload?.seq === 'number';
}

export function asAnswer(answer: unknown): CatchUpAnswer | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { seq, reset, events } = answer as { seq?: unknown; reset?: unknown; events?: unknown };
  if (typeof seq !== 'number') return null;
  if (reset === true) return { reset: true, seq };
  return Array.isArray(events) ? { events: (events as LiveEvent[]).filter(isLiveEvent), seq } : null;
}

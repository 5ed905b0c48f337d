/** The board's figures: what each stage holds, moved with a lead before the server counts anew. Pure. */
import type { Schemas } from '@/lib/api/client';
import type { Stage } from '@/lib/pipeline/stages';
import { matches, type Lead, type LeadQuery } from './filters';

type Summary = Schemas['PipelineSummaryView'];
type StageSummary = Schemas['StageSummaryView'];
export type Money = Schemas['MoneyView'];

export function stageOf(summary: Summary | undefined, key: string): StageSummary {
  return summary?.items.find((stage) => stage.stage_key === key) ?? { stage_key: key, leads: 0, values: [] };
}

export function countOf(summary: Summary, stage: string | undefined): number {
  return stage ? stageOf(summary, stage).leads : summary.items.reduce((sum, { leads }) => sum + leads, 0);
}

/** «Previsto»: what the leads of the open stages are worth, by currency. */
export function forecastOf(summary: Summary | undefined, stages: readonly Stage[]): readonly Money[] {
  const open = stages.filter((stage) => stage.kind === 'open');
  return open.flatMap(({ key }) => stageOf(summary, key).values).reduce<Money[]>((sum, money) => withMoney(sum, money, 1), []);
}

/** The same, each stage's by how likely its leads are won. */
export function weightedOf(summary: Summary | undefined, stages: readonly Stage[]): readonly Money[] {
  const open = stages.filter((stage) => stage.kind === 'open');
  const shares = open.flatMap(({ key, probability }) =>
    stageOf(summary, key).values.map(({ value, currency }) => ({ currency, value: String((Number(value) * probability) / 100) })),
  );
  return shares.reduce<Money[]>((sum, money) => withMoney(sum, money, 1), []);
}

/** The summary after a lead has become another; without a `before` the difference is not known and nothing moves. */
export function shifted(summary: Summary, before: Lead | undefined, after: Lead, query: LeadQuery): Summary {
  if (!before) return summary;
  const without = matches(before, query) ? counted(summary, before, -1) : summary;
  return matches(after, query) ? counted(without, after, 1) : without;
}

function counted(summary: Summary, lead: Lead, by: 1 | -1): Summary {
  const stage = stageOf(summary, lead.stage_key);
  const worth = lead.value !== null && lead.currency !== null ? { value: lead.value, currency: lead.currency } : null;
  const values = worth ? withMoney(stage.values, worth, by) : stage.values;
  const now = { ...stage, leads: Math.max(0, stage.leads + by), values };
  return { items: [...summary.items.filter((other) => other.stage_key !== lead.stage_key), now] };
}

function withMoney(values: Money[], { currency, value }: Money, by: 1 | -1): Money[] {
  const known = values.find((money) => money.currency === currency);
  const cents = (known ? inCents(known.value) : 0) + by * inCents(value);
  const rest = values.filter((money) => money !== known);
  return cents <= 0 ? rest : [...rest, { currency, value: (cents / 100).toFixed(2) }];
}

/** Without cents: a sum is read, not paid. */
export function whole(value: string): string {
  return String(Math.round(Number(value)));
}

function inCents(value: string): number {
  return Math.round(Number(value) * 100);
}

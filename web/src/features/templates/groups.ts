/** Templates by how they stand at WhatsApp, those that can be sent first. Pure. */
import type { Template } from '@/lib/templates/templates';

export const STATES = ['approved', 'waiting', 'rejected', 'paused', 'removed'] as const;
export type State = (typeof STATES)[number];

const OF_STATUS: Readonly<Record<string, State>> = {
  APPROVED: 'approved',
  PENDING: 'waiting',
  IN_APPEAL: 'waiting',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'paused',
  ARCHIVED: 'removed',
  DELETED: 'removed',
};

export function stateOf({ status, removed_at }: Pick<Template, 'status' | 'removed_at'>): State {
  return removed_at ? 'removed' : (OF_STATUS[status] ?? 'waiting');
}

export interface Group {
  readonly state: State;
  readonly templates: readonly Template[];
}

export function groupsOf(templates: readonly Template[]): readonly Group[] {
  const byName = [...templates].sort((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language));
  return STATES.map((state) => ({ state, templates: byName.filter((one) => stateOf(one) === state) })).filter(
    (group) => group.templates.length > 0,
  );
}

const REASONS = ['INVALID_FORMAT', 'PROMOTIONAL', 'TAG_CONTENT_MISMATCH', 'ABUSIVE_CONTENT', 'SCAM'] as const;
export type Reason = (typeof REASONS)[number];

/** A reason that we have words for. */
export function knownReason(reason: string | null): Reason | null {
  return REASONS.find((known) => known === reason) ?? null;
}

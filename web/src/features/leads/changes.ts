/** What an edit becomes: the lead as it will be, and what puts it back as it was. Pure. */
import type { Lead } from './filters';
import type { BulkEdit, LeadChange } from './queries';

const APART: ReadonlySet<string> = new Set(['custom', 'lost_reason', 'lost_reason_other']);

/** The lead as the edit will make it; a stage begins now, and of the company's own fields those named change. */
export function changed(lead: Lead, change: LeadChange, now: string): Lead {
  const { lost_reason_other: other, ...named } = change;
  const moved = change.stage_key !== undefined && change.stage_key !== lead.stage_key;
  const custom = change.custom && Object.fromEntries(
    Object.entries({ ...lead.custom, ...change.custom }).filter(([, value]) => value !== null),
  );
  return { ...lead, ...(named as Partial<Lead>), ...(other && { lost_reason: other }), ...(custom && { custom: custom as Lead['custom'] }), ...(moved && { stage_since: now }) };
}

/** The values that an edit takes the place of; a reason that was, the company's list need not have any more. */
export function former(lead: Lead, change: LeadChange): LeadChange {
  const names = (Object.keys(change) as (keyof LeadChange & keyof Lead)[]).filter((name) => !APART.has(name));
  const reason = change.lost_reason !== undefined || change.lost_reason_other !== undefined;
  const was = reason && (lead.lost_reason === null ? { lost_reason: null } : { lost_reason_other: lead.lost_reason });
  const before = { ...Object.fromEntries(names.map((name) => [name, lead[name]])), ...was } as LeadChange;
  if (!change.custom) return before;
  return { ...before, custom: Object.fromEntries(Object.keys(change.custom).map((key) => [key, lead.custom[key] ?? null])) };
}

/** The lead as an edit of many will make it. */
export function edited(lead: Lead, edit: BulkEdit, now: string): Lead {
  const { stage_key, owner_user_id, lost_reason, lost_reason_other, add_tag_ids: add = [], remove_tag_ids: remove = [], bin } = edit;
  const kept = lead.tag_ids.filter((id) => !remove.includes(id) && !add.includes(id));
  const change = {
    ...(stage_key && { stage_key }),
    ...(owner_user_id !== undefined && { owner_user_id }),
    ...(lost_reason !== undefined && { lost_reason }),
    ...(lost_reason_other && { lost_reason_other }),
  };
  return {
    ...changed(lead, change, now),
    tag_ids: [...kept, ...add].sort((a, b) => a - b),
    deleted_at: bin === 'delete' ? now : bin === 'restore' ? null : lead.deleted_at,
  };
}

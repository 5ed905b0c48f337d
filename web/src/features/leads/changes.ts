/** What an edit becomes: the lead as it will be, and what puts it back as it was. Pure. */
import type { Lead } from './filters';
import type { BulkEdit, LeadChange } from './queries';

/** The lead as the edit will make it; a stage begins now, and of the company's own fields those named change. */
export function changed(lead: Lead, change: LeadChange, now: string): Lead {
  const moved = change.stage_key !== undefined && change.stage_key !== lead.stage_key;
  const custom = change.custom && Object.fromEntries(
    Object.entries({ ...lead.custom, ...change.custom }).filter(([, value]) => value !== null),
  );
  return { ...lead, ...(change as Partial<Lead>), ...(custom && { custom: custom as Lead['custom'] }), ...(moved && { stage_since: now }) };
}

/** The values that an edit takes the place of. */
export function former(lead: Lead, change: LeadChange): LeadChange {
  const names = (Object.keys(change) as (keyof LeadChange & keyof Lead)[]).filter((name) => (name as string) !== 'custom');
  const before = Object.fromEntries(names.map((name) => [name, lead[name]])) as LeadChange;
  if (!change.custom) return before;
  return { ...before, custom: Object.fromEntries(Object.keys(change.custom).map((key) => [key, lead.custom[key] ?? null])) };
}

/** The lead as an edit of many will make it. */
export function edited(lead: Lead, edit: BulkEdit, now: string): Lead {
  const { stage_key, owner_user_id, lost_reason, add_tag_ids: add = [], remove_tag_ids: remove = [], bin } = edit;
  const kept = lead.tag_ids.filter((id) => !remove.includes(id) && !add.includes(id));
  const change = {
    ...(stage_key && { stage_key }),
    ...(owner_user_id !== undefined && { owner_user_id }),
    ...(lost_reason !== undefined && { lost_reason }),
  };
  return {
    ...changed(lead, change, now),
    tag_ids: [...kept, ...add].sort((a, b) => a - b),
    deleted_at: bin === 'delete' ? now : bin === 'restore' ? null : lead.deleted_at,
  };
}

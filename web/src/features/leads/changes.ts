/** What an edit becomes: the leads as they will be, and the calls that put every one back as it was. Pure. */
import type { Lead } from './filters';
import type { LeadChange } from './queries';

/** One call: the same change for some leads. */
export interface Step {
  readonly ids: readonly number[];
  readonly change: LeadChange;
}

/** The lead as the edit will make it; a stage begins now. */
export function changed(lead: Lead, change: LeadChange, now: string): Lead {
  const moved = change.stage_key !== undefined && change.stage_key !== lead.stage_key;
  return { ...lead, ...(change as Partial<Lead>), ...(moved && { stage_since: now }) };
}

/** Leads that were alike go back together: as many calls as there were different former values. */
export function wayBack(leads: readonly Lead[], change: LeadChange): readonly Step[] {
  const names = Object.keys(change) as (keyof LeadChange & keyof Lead)[];
  const steps = new Map<string, { ids: number[]; change: LeadChange }>();
  for (const lead of leads) {
    const former = Object.fromEntries(names.map((name) => [name, lead[name]])) as LeadChange;
    const key = JSON.stringify(names.map((name) => lead[name]));
    const step = steps.get(key) ?? { ids: [], change: former };
    step.ids.push(lead.id);
    steps.set(key, step);
  }
  return [...steps.values()];
}

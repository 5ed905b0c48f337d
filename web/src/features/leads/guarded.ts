/** An edit that writes over nobody: what it changes must still be what was seen, up to the moment of writing. */
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { ApiProblem, asProblem } from '@/lib/api/problem';
import type { Lead } from './filters';
import type { LeadChange } from './queries';

const TRIES = 3;

/** Throws `conflict`, with the lead as it is `now`, where somebody else has changed what this changes. */
export async function changeSeen(seen: Lead, change: LeadChange): Promise<Lead> {
  const params = { path: { lead_id: seen.id } };
  for (let left = TRIES; ; left -= 1) {
    const read = await api.GET('/crm/leads/{lead_id}', { params });
    const now = bodyOf(read);
    if (differsIn(seen, now, change)) throw new ApiProblem(412, 'conflict', null, null, { now });
    const tag = read.response.headers.get('etag') ?? '*';
    try {
      const header = { 'If-Match': tag };
      return bodyOf(await api.PATCH('/crm/leads/{lead_id}', { params: { ...params, header }, body: change as Schemas['LeadBody'] }));
    } catch (error) {
      // Another field changed between the two calls, a message came: look again.
      if (asProblem(error).code !== 'stale' || left <= 1) throw error;
    }
  }
}

function differsIn(seen: Lead, now: Lead, change: LeadChange): boolean {
  const names = Object.keys(change) as (keyof LeadChange & keyof Lead)[];
  return names.some((name) => JSON.stringify(seen[name]) !== JSON.stringify(now[name]));
}

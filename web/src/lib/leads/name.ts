/** What a lead is called and reached by where WhatsApp tells no phone: the name that its user chose there. */
import type { Schemas } from '@/lib/api/client';

type Known = Pick<Schemas['LeadView'], 'full_name' | 'username'>;
type Reached = Pick<Schemas['LeadView'], 'phone_shown' | 'username'>;

export function leadName(lead: Known): string | null {
  return lead.full_name ?? handle(lead.username);
}

export function leadReach(lead: Reached): string | null {
  return lead.phone_shown ?? handle(lead.username);
}

function handle(username: string | null): string | null {
  return username === null ? null : `@${username}`;
}

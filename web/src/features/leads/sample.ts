/** A lead for tests. */
import type { Lead } from './filters';

export function aLead(fields: Partial<Lead> = {}): Lead {
  return {
    id: 1,
    full_name: 'Ana Ruiz',
    phone: null,
    phone_shown: null,
    username: null,
    email: null,
    company: null,
    stage_key: 'new',
    owner_user_id: null,
    source: 'whatsapp',
    campaign: null,
    language: null,
    interest: null,
    score: null,
    need: null,
    value: null,
    currency: null,
    social_links: {},
    lost_reason: null,
    custom: {},
    tag_ids: [],
    deleted_at: null,
    created_at: '2026-11-01T10:00:00Z',
    updated_at: '2026-11-01T10:00:00Z',
    stage_since: '2026-11-01T10:00:00Z',
    needs_person: false,
    ...fields,
  };
}

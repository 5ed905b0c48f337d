-- name: find_entry
-- The tenant that a hashed key belongs to.
-- cross-tenant: the directory is read before the tenant is known; it holds hashes and ids only
SELECT tenant_id, ref FROM directory WHERE kind = :kind AND key_hash = :key_hash;

-- name: add_entry
-- File a hashed key under its tenant.
-- cross-tenant: e-mails and endpoint keys are unique over the whole installation
INSERT INTO directory (kind, key_hash, tenant_id, ref) VALUES (:kind, :key_hash, :owner, :ref);

-- name: remove_entries
-- Forget the tenant's values of one kind.
DELETE FROM directory WHERE tenant_id = :tenant_id AND kind = :kind;

-- name: all_tenants
-- Every tenant's id.
-- cross-tenant: periodic work fans out from this list, one tenant transaction each
SELECT tenant_id, ref FROM directory WHERE kind = 'tenant' ORDER BY tenant_id;

-- name: emit_event
-- Write an event, raise its signal and wake the relay, all at the commit of the caller's change.
WITH event AS (
    INSERT INTO outbox_events (tenant_id, name, payload, audience, owner_user_id)
    VALUES (:tenant_id, :name, :payload, :audience, :owner_user_id)
    RETURNING tenant_id
), signal AS (
    INSERT INTO outbox_signals (tenant_id) SELECT event.tenant_id FROM event
)
SELECT pg_notify('outbox', '') FROM event;

-- name: record_system_event
-- One line of the tenant's audit log, and the note by which the chainer finds it after the commit (ADR 0009).
WITH event AS (
    INSERT INTO system_events (tenant_id, action, severity, user_id, subject, request_id, address, detail)
    VALUES (:tenant_id, :action, :severity, :user_id, :subject, :request_id, :address, :detail)
    RETURNING tenant_id, id
)
INSERT INTO system_events_waiting (tenant_id, event_id) SELECT event.tenant_id, event.id FROM event;

-- name: write_event
-- The same in a transaction of its own, which enters the tenant by itself.
SELECT w.tenant_id
FROM write_event(:tenant_id, :action, :severity, :user_id, :subject, :request_id, :address, :detail) AS w (tenant_id)
WHERE w.tenant_id = :tenant_id;

-- name: find_channel
-- One channel with what its tenant's mode says about where to send.
SELECT c.id, c.provider, c.business_number, c.waba_id, c.phone_number_id, c.active, t.mode
FROM channels AS c
JOIN tenants AS t ON t.id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.id = :channel_id;

-- name: channels_of_provider
-- The tenant's channels at one provider.
SELECT c.id, c.provider, c.business_number, c.waba_id, c.phone_number_id, c.active, t.mode
FROM channels AS c
JOIN tenants AS t ON t.id = c.tenant_id
WHERE c.tenant_id = :tenant_id AND t.id = :tenant_id AND c.provider = :provider
ORDER BY c.id;

-- name: find_credential
-- One sealed integration key.
SELECT sealed FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: store_credential
-- Write or replace one sealed integration key.
INSERT INTO credentials (tenant_id, name, sealed, masked)
VALUES (:tenant_id, :name, :sealed, :masked)
ON CONFLICT (tenant_id, name) DO UPDATE SET sealed = excluded.sealed, masked = excluded.masked, updated_at = now();

-- name: find_contact_by_keys
-- The contact that one of the identity keys belongs to; a user id is surer than a number, and wins.
SELECT li.contact_id
FROM lead_identities AS li
WHERE li.tenant_id = :tenant_id AND (li.kind, li.value) IN (SELECT * FROM unnest(:kinds::text[], :values::text[]))
    AND li.kind IN ('match_key', 'user_id')
ORDER BY li.kind DESC
LIMIT 1;

-- name: lock_identity
-- Serialise the creation of one person's contact until the end of the transaction.
-- cross-tenant: an advisory lock touches no table; its key carries the tenant
SELECT pg_advisory_xact_lock(hashtextextended(:key, 0));

-- name: create_contact
-- A person on the other side of a channel.
INSERT INTO contacts (tenant_id, name, username, reply_phone, reply_user_id)
VALUES (:tenant_id, :name, :username, :reply_phone, :reply_user_id)
RETURNING id;

-- name: refresh_contact
-- Keep what the provider last said about a person; what it left out stays. An address is replaced only by a newer one
-- from which the person wrote.
UPDATE contacts
SET name = COALESCE(:name, name), username = COALESCE(:username, username),
    reply_phone = CASE WHEN :wrote::boolean THEN COALESCE(:reply_phone::text, reply_phone)
        ELSE COALESCE(reply_phone, :reply_phone::text) END,
    reply_user_id = CASE WHEN :wrote::boolean THEN COALESCE(:reply_user_id::text, reply_user_id)
        ELSE COALESCE(reply_user_id, :reply_user_id::text) END
WHERE tenant_id = :tenant_id AND id = :contact_id;

-- name: add_identities
-- File the ways in which a person is known; one that is filed under another contact stays there. That it was seen is
-- written once an hour: somebody who writes a burst is known by the same four rows each time. A number or a user id of
-- another contact's is no accident: the provider has said that both are one person, which is kept (ADR 0033).
WITH filed AS (
    INSERT INTO lead_identities (tenant_id, kind, value, contact_id)
    SELECT :tenant_id, k.kind, k.value, :contact_id
    FROM unnest(:kinds::text[], :values::text[]) AS k (kind, value)
    ON CONFLICT (tenant_id, kind, value) DO UPDATE SET seen_at = now()
    WHERE lead_identities.seen_at < now() - interval '1 hour'
)
INSERT INTO contact_links (tenant_id, contact_id, other_id)
SELECT DISTINCT :tenant_id::int, :contact_id::bigint, li.contact_id
FROM unnest(:kinds::text[], :values::text[]) AS k (kind, value)
JOIN lead_identities AS li ON li.tenant_id = :tenant_id AND li.kind = k.kind AND li.value = k.value
WHERE li.kind IN ('match_key', 'user_id') AND li.contact_id <> :contact_id
ON CONFLICT (tenant_id, contact_id, other_id) DO NOTHING;

-- name: open_conversation
-- The conversation of a contact on a channel, made where it is missing, locked either way; the mirror opens a closed one.
INSERT INTO conversations (tenant_id, channel_id, contact_id)
VALUES (:tenant_id, :channel_id, :contact_id)
ON CONFLICT (tenant_id, channel_id, contact_id) DO UPDATE SET contact_id = excluded.contact_id
RETURNING id;

-- name: current_role
-- What the connected role may do.
-- cross-tenant: reads the catalog only
SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolbypassrls AS bypasses,
    EXISTS (SELECT 1 FROM pg_tables AS t WHERE t.schemaname = 'public' AND t.tableowner = r.rolname) AS owns_tables
FROM pg_roles AS r
WHERE r.rolname = current_user;

-- name: set_opt_out
-- A person took consent back, or gave it again, under one of the numbers that we know of them.
UPDATE contacts AS p
SET opted_out_at = CASE WHEN :allowed THEN NULL ELSE COALESCE(p.opted_out_at, now()) END
FROM lead_identities AS li
WHERE p.tenant_id = :tenant_id AND li.tenant_id = :tenant_id AND li.contact_id = p.id
    AND li.kind = 'match_key' AND li.value = :match_key;

-- name: set_marketing_opt_out
-- A person took back, or gave again, the consent to advertising alone.
UPDATE contacts AS p
SET marketing_opted_out_at = CASE WHEN :allowed THEN NULL ELSE COALESCE(p.marketing_opted_out_at, now()) END
FROM lead_identities AS li
WHERE p.tenant_id = :tenant_id AND li.tenant_id = :tenant_id AND li.contact_id = p.id
    AND li.kind = 'match_key' AND li.value = :match_key;

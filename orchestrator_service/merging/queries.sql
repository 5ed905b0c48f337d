-- name: lock_contacts
-- Everybody on the other side of these leads: first of all, as whoever takes a message in locks them first.
SELECT id FROM contacts WHERE tenant_id = :tenant_id AND lead_id = ANY(:lead_ids) ORDER BY id FOR NO KEY UPDATE;

-- name: lock_conversations
-- Their conversations, after the contacts.
SELECT id FROM conversations WHERE tenant_id = :tenant_id AND lead_id = ANY(:lead_ids) ORDER BY id FOR NO KEY UPDATE;

-- name: lock_leads
-- The leads, by id. Whoever wants to refer to one of them waits until the merge is over.
SELECT id, owner_user_id, merged_into, to_jsonb(leads.*) AS row
FROM leads
WHERE tenant_id = :tenant_id AND id = ANY(:lead_ids) AND (deleted_at IS NULL OR merged_into IS NOT NULL)
ORDER BY id
FOR UPDATE;

-- name: move_freely
-- A merge and its undo say what a lead's stage was: no rule of the pipeline stands between, until the commit.
-- cross-tenant: touches no table
SELECT set_config('app.stage_moves', 'free', true);

-- name: write_fields
-- The columns of the survivor, as they shall be.
UPDATE leads AS l
SET full_name = v.full_name, phone = v.phone, match_key = v.match_key, email = v.email, company = v.company,
    need = v.need, language = v.language, stage_key = v.stage_key, stage_since = v.stage_since,
    lost_reason = v.lost_reason, owner_user_id = v.owner_user_id, value = v.value, currency = v.currency,
    social_links = v.social_links, interest = v.interest, score = v.score, source = v.source, campaign = v.campaign,
    referral = v.referral, custom = v.custom, updated_at = now()
FROM jsonb_to_record(:fields::jsonb) AS v (
    full_name text, phone text, match_key text, email text, company text, need text, language text, stage_key text,
    stage_since timestamptz, lost_reason text, owner_user_id bigint, value numeric, currency text, social_links jsonb,
    interest text, score int, source text, campaign text, referral jsonb, custom jsonb
)
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id;

-- name: absorb
-- A lead becomes a pointer to the one that goes on.
UPDATE leads SET merged_into = :survivor_id, deleted_at = now(), updated_at = now()
WHERE tenant_id = :tenant_id AND id = ANY(:lead_ids);

-- name: release
-- A pointer becomes a lead again.
UPDATE leads SET merged_into = NULL, deleted_at = NULL, updated_at = now()
WHERE tenant_id = :tenant_id AND id = ANY(:lead_ids) AND merged_into = :survivor_id;

-- name: begin_merge
-- The record that everything moved is written under.
INSERT INTO merge_records (tenant_id, survivor_id, absorbed, fields, made_by)
VALUES (:tenant_id, :survivor_id, :absorbed, :fields, :made_by)
RETURNING id;

-- name: turn_leads
-- Turn what hangs on one lead to another.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT move_references(:merge_id, 'leads'::regclass, :from_id, :into_id, :wanted);

-- name: turn_clients
-- Turn what hangs on one client to another.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT move_references(:merge_id, 'clients'::regclass, :from_id, :into_id, :wanted);

-- name: turn_contacts
-- Turn what hangs on one contact to another.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT move_references(:merge_id, 'contacts'::regclass, :from_id, :into_id, :wanted);

-- name: return_all
-- Turn back what a merge has turned.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT return_references(:merge_id);

-- name: count_moves
-- How many references a merge has turned.
SELECT count(*) FROM merge_moves WHERE tenant_id = :tenant_id AND merge_id = :merge_id;

-- name: lock_clients
-- The clients that these leads have become.
SELECT id, lead_id FROM clients
WHERE tenant_id = :tenant_id AND lead_id = ANY(:lead_ids) AND merged_into IS NULL
ORDER BY id
FOR NO KEY UPDATE;

-- name: give_client
-- The client of an absorbed lead becomes the survivor's.
WITH given AS (
    UPDATE clients SET lead_id = :survivor_id, updated_at = now()
    WHERE tenant_id = :tenant_id AND id = :client_id
    RETURNING id
)
INSERT INTO merge_moves (tenant_id, merge_id, relation, place, key, was, became)
SELECT :tenant_id, :merge_id, 'clients', 'lead_id', jsonb_build_object('id', given.id), :was, :survivor_id FROM given;

-- name: point_client
-- One of two clients becomes a pointer to the other.
WITH pointed AS (
    UPDATE clients SET merged_into = :into_id, updated_at = now()
    WHERE tenant_id = :tenant_id AND id = :client_id
    RETURNING id
)
INSERT INTO merge_moves (tenant_id, merge_id, relation, place, key, was, became)
SELECT :tenant_id, :merge_id, 'clients', 'merged_into', jsonb_build_object('id', pointed.id), NULL, :into_id
FROM pointed;

-- name: point_contact
-- A contact whose identities are another's now; whoever refused messages under one address refused them.
WITH kept AS (
    UPDATE contacts AS k
    SET opted_out_at = COALESCE(k.opted_out_at, o.opted_out_at),
        marketing_opted_out_at = COALESCE(k.marketing_opted_out_at, o.marketing_opted_out_at)
    FROM contacts AS o
    WHERE k.tenant_id = :tenant_id AND k.id = :into_id AND o.tenant_id = :tenant_id AND o.id = :contact_id
), pointed AS (
    UPDATE contacts SET merged_into = :into_id WHERE tenant_id = :tenant_id AND id = :contact_id
    RETURNING id
)
INSERT INTO merge_moves (tenant_id, merge_id, relation, place, key, was, became)
SELECT :tenant_id, :merge_id, 'contacts', 'merged_into', jsonb_build_object('id', pointed.id), NULL, :into_id
FROM pointed;

-- name: linked_contacts
-- Contacts of one lead whom the provider has said to be one person; who is kept first.
SELECT s.contact_id, s.other_id
FROM contact_links AS s
JOIN contacts AS k ON k.tenant_id = s.tenant_id AND k.id = s.contact_id
JOIN contacts AS o ON o.tenant_id = s.tenant_id AND o.id = s.other_id
WHERE s.tenant_id = :tenant_id AND k.lead_id = :lead_id AND o.lead_id = :lead_id
    AND k.merged_into IS NULL AND o.merged_into IS NULL
ORDER BY s.seen_at, s.contact_id, s.other_id;

-- name: leads_with_links
-- Leads with several contacts who are one person.
SELECT DISTINCT k.lead_id AS id
FROM contact_links AS s
JOIN contacts AS k ON k.tenant_id = s.tenant_id AND k.id = s.contact_id
JOIN contacts AS o ON o.tenant_id = s.tenant_id AND o.id = s.other_id AND o.lead_id = k.lead_id
JOIN leads AS l ON l.tenant_id = s.tenant_id AND l.id = k.lead_id AND l.deleted_at IS NULL
WHERE s.tenant_id = :tenant_id AND k.merged_into IS NULL AND o.merged_into IS NULL
ORDER BY k.lead_id
LIMIT :most;

-- name: conversations_of
-- The conversations of a lead, to be told of.
SELECT id FROM conversations WHERE tenant_id = :tenant_id AND lead_id = :lead_id ORDER BY id;

-- name: find_merge
-- One merge.
SELECT id, survivor_id, absorbed, fields, made_by, made_at, undone_at
FROM merge_records
WHERE tenant_id = :tenant_id AND id = :merge_id;

-- name: merge_that_did_it
-- The merge that made these leads the survivor's, where one did.
SELECT r.id, r.survivor_id, r.absorbed, (
    SELECT count(*) FROM merge_moves AS m WHERE m.tenant_id = :tenant_id AND m.merge_id = r.id
) AS moved
FROM merge_records AS r
WHERE r.tenant_id = :tenant_id AND r.survivor_id = :survivor_id AND r.undone_at IS NULL
    AND r.absorbed @> :absorbed AND r.absorbed <@ :absorbed
ORDER BY r.id DESC
LIMIT 1;

-- name: lock_merge
-- One merge, which nobody else undoes meanwhile.
SELECT id, survivor_id, absorbed, fields, made_by, made_at, undone_at
FROM merge_records
WHERE tenant_id = :tenant_id AND id = :merge_id
FOR UPDATE;

-- name: close_merge
-- It is undone.
UPDATE merge_records SET undone_at = now(), undone_by = :user_id WHERE tenant_id = :tenant_id AND id = :merge_id;

-- name: came_since
-- What has come to the survivor since a merge, and stays there.
SELECT
    (SELECT count(*) FROM chat_messages AS m
        JOIN conversations AS c ON c.tenant_id = :tenant_id AND c.id = m.conversation_id
        WHERE m.tenant_id = :tenant_id AND c.lead_id = :lead_id AND m.created_at > :since) AS messages,
    (SELECT count(*) FROM seller_agenda_events AS e
        WHERE e.tenant_id = :tenant_id AND e.lead_id = :lead_id AND e.created_at > :since) AS meetings,
    (SELECT count(*) FROM tasks AS k
        WHERE k.tenant_id = :tenant_id AND k.lead_id = :lead_id AND k.created_at > :since) AS tasks;

-- name: list_merges
-- One page of the merges of leads that can be undone by somebody, newest first.
SELECT r.id, r.survivor_id, r.absorbed, r.made_by, r.made_at, l.full_name, (
    SELECT count(*) FROM merge_moves AS m WHERE m.tenant_id = :tenant_id AND m.merge_id = r.id
) AS moved
FROM merge_records AS r
JOIN leads AS l ON l.tenant_id = r.tenant_id AND l.id = r.survivor_id AND l.deleted_at IS NULL
WHERE r.tenant_id = :tenant_id AND r.undone_at IS NULL AND cardinality(r.absorbed) > 0 AND r.id < :before_id
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
ORDER BY r.id DESC
LIMIT :most;

-- name: find_pairs
-- Who may be the same person as one of these leads, and why.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT low_id, high_id, reasons FROM find_pairs(:lead_ids, :most);

-- name: forget_pairs
-- Pairs of these leads that nothing speaks for any more; what somebody decided is remembered.
DELETE FROM lead_pairs AS p
WHERE p.tenant_id = :tenant_id AND p.state = 'open' AND (p.low_id = ANY(:lead_ids) OR p.high_id = ANY(:lead_ids))
    AND NOT EXISTS (
        SELECT 1 FROM jsonb_to_recordset(:pairs::jsonb) AS k (low_id bigint, high_id bigint)
        WHERE k.low_id = p.low_id AND k.high_id = p.high_id
    );

-- name: keep_pairs
-- Pairs that were found; «not the same person» stays said.
INSERT INTO lead_pairs (tenant_id, low_id, high_id, score, reasons)
SELECT :tenant_id, k.low_id, k.high_id, k.score, k.reasons
FROM jsonb_to_recordset(:pairs::jsonb) AS k (low_id bigint, high_id bigint, score int, reasons text[])
ON CONFLICT (tenant_id, low_id, high_id) DO UPDATE
SET score = excluded.score, reasons = excluded.reasons
WHERE lead_pairs.state = 'open' AND (lead_pairs.score, lead_pairs.reasons) IS DISTINCT FROM (excluded.score, excluded.reasons);

-- name: settle_pairs
-- The pairs among these leads are one lead now, or two again.
UPDATE lead_pairs SET state = :state, decided_at = now(), decided_by = :user_id
WHERE tenant_id = :tenant_id AND low_id = ANY(:lead_ids) AND high_id = ANY(:lead_ids) AND state = :was;

-- name: decide_pair
-- Somebody said that two are not the same person, or took that back.
UPDATE lead_pairs SET state = :state, decided_at = now(), decided_by = :user_id
WHERE tenant_id = :tenant_id AND id = :pair_id AND state <> 'merged';

-- name: find_pair
-- The two leads of a pair, with their owners.
SELECT p.low_id, p.high_id, a.owner_user_id AS low_owner, b.owner_user_id AS high_owner, p.state
FROM lead_pairs AS p
JOIN leads AS a ON a.tenant_id = p.tenant_id AND a.id = p.low_id AND a.deleted_at IS NULL
JOIN leads AS b ON b.tenant_id = p.tenant_id AND b.id = p.high_id AND b.deleted_at IS NULL
WHERE p.tenant_id = :tenant_id AND p.id = :pair_id;

-- name: list_pairs
-- One page of the pairs whose two leads somebody may see, the surest first; of one lead, None: of all.
SELECT p.id, p.score, p.reasons, p.state, p.found_at,
    jsonb_build_object('id', a.id, 'full_name', a.full_name, 'phone', a.phone, 'email', a.email, 'company', a.company,
        'stage_key', a.stage_key, 'owner_user_id', a.owner_user_id, 'source', a.source, 'created_at', a.created_at
    ) AS low,
    jsonb_build_object('id', b.id, 'full_name', b.full_name, 'phone', b.phone, 'email', b.email, 'company', b.company,
        'stage_key', b.stage_key, 'owner_user_id', b.owner_user_id, 'source', b.source, 'created_at', b.created_at
    ) AS high
FROM lead_pairs AS p
JOIN leads AS a ON a.tenant_id = p.tenant_id AND a.id = p.low_id AND a.deleted_at IS NULL
JOIN leads AS b ON b.tenant_id = p.tenant_id AND b.id = p.high_id AND b.deleted_at IS NULL
WHERE p.tenant_id = :tenant_id AND p.state = :state
    AND (p.score, p.id) < (:before_score::int, :before_id::bigint)
    AND (:lead_id::bigint IS NULL OR p.low_id = :lead_id OR p.high_id = :lead_id)
    AND (:owner::bigint IS NULL OR a.owner_user_id = :owner OR (:unassigned AND a.owner_user_id IS NULL))
    AND (:owner::bigint IS NULL OR b.owner_user_id = :owner OR (:unassigned AND b.owner_user_id IS NULL))
ORDER BY p.score DESC, p.id DESC
LIMIT :most;

-- name: lock_scan
-- How far the search for duplicates has come; whoever else searches waits.
INSERT INTO duplicate_scans (tenant_id, through_at, through_id)
VALUES (:tenant_id, '-infinity', 0)
ON CONFLICT (tenant_id) DO UPDATE SET through_id = duplicate_scans.through_id
RETURNING (extract(epoch FROM GREATEST(through_at, '1970-01-01')) * 1000000)::bigint AS through_at, through_id;

-- name: changed_leads
-- The next leads to look at: by when they changed, from a place on (microseconds since 1970, id).
SELECT id, (extract(epoch FROM updated_at) * 1000000)::bigint AS changed_at
FROM leads
WHERE tenant_id = :tenant_id AND deleted_at IS NULL
    AND (updated_at, id) > ('1970-01-01'::timestamptz + :after_at::bigint * interval '1 microsecond', :after_id)
ORDER BY updated_at, id
LIMIT :most;

-- name: move_scan
-- The search has come so far.
UPDATE duplicate_scans
SET through_at = '1970-01-01'::timestamptz + :through_at::bigint * interval '1 microsecond', through_id = :through_id
WHERE tenant_id = :tenant_id;

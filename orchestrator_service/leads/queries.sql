-- name: find_lead
-- One lead; a deleted one only where that is asked for.
SELECT l.id, l.full_name, l.phone, l.email, l.company, l.stage_key, l.owner_user_id, l.source,
    NULLIF(COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id'), '') AS campaign, l.language, l.interest,
    l.score, l.need, l.value, l.currency, l.social_links, l.lost_reason, l.custom, l.created_at, l.updated_at, l.deleted_at,
    ARRAY(
        SELECT g.tag_id FROM lead_tags AS g WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id ORDER BY g.tag_id
    ) AS tag_ids,
    COALESCE(l.stage_since, l.created_at) AS stage_since,
    EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.needs_person
    ) AS needs_person,
    CASE WHEN l.phone IS NULL THEN (
        SELECT p.username FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.lead_id = l.id AND p.username IS NOT NULL
        ORDER BY p.id DESC
        LIMIT 1
    ) END AS username
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND (l.deleted_at IS NULL
    OR (:binned AND l.merged_into IS NULL AND l.erased_at IS NULL));

-- name: find_by_match_key
-- The lead with a phone number, however it was written; also by the number of one that was merged into it.
SELECT f.id
FROM (
    SELECT l.id, 1 AS place FROM leads AS l
    WHERE l.tenant_id = :tenant_id AND l.match_key = :match_key AND l.deleted_at IS NULL
    UNION ALL
    SELECT s.id, 2 AS place FROM leads AS m
    JOIN leads AS s ON s.tenant_id = m.tenant_id AND s.id = m.merged_into AND s.deleted_at IS NULL
    WHERE m.tenant_id = :tenant_id AND m.match_key = :match_key AND m.merged_into IS NOT NULL
) AS f
ORDER BY f.place, f.id
LIMIT 1;

-- name: merged_into
-- The lead that a merged one is now.
SELECT s.id, s.owner_user_id
FROM leads AS m
JOIN leads AS s ON s.tenant_id = m.tenant_id AND s.id = m.merged_into AND s.deleted_at IS NULL
WHERE m.tenant_id = :tenant_id AND m.id = :lead_id AND m.merged_into IS NOT NULL;

-- name: contact_of_conversation
-- Who is on the other side of a conversation, and the lead that they are; a deleted lead is none.
SELECT c.id AS conversation_id, l.id AS lead_id, p.id AS contact_id, k.id AS contact_lead_id, p.name, p.reply_phone,
    l.phone IS NOT NULL AS lead_has_phone
FROM conversations AS c
JOIN contacts AS p ON p.tenant_id = c.tenant_id AND p.id = c.contact_id
LEFT JOIN leads AS l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id AND l.deleted_at IS NULL
LEFT JOIN leads AS k ON k.tenant_id = p.tenant_id AND k.id = p.lead_id AND k.deleted_at IS NULL
WHERE c.tenant_id = :tenant_id AND c.id = :conversation_id
FOR NO KEY UPDATE OF p;

-- name: create_lead
-- A person who may buy; nothing where the phone number is a lead already.
INSERT INTO leads (tenant_id, full_name, phone, match_key, source, referral, stage_key)
VALUES (:tenant_id, :full_name, :phone, :match_key, :source, :referral::jsonb, 'new')
ON CONFLICT (tenant_id, match_key) WHERE match_key IS NOT NULL AND deleted_at IS NULL DO NOTHING
RETURNING id;

-- name: learn_phone
-- A lead that was known without a phone gets the one that its person has shown; not one that is another lead's.
UPDATE leads SET phone = :phone, match_key = :match_key, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id AND phone IS NULL AND NOT EXISTS (
    SELECT 1 FROM leads AS o
    WHERE o.tenant_id = :tenant_id AND o.match_key = :match_key AND o.deleted_at IS NULL
);

-- name: link_contact
-- The contact is this lead.
UPDATE contacts SET lead_id = :lead_id WHERE tenant_id = :tenant_id AND id = :contact_id;

-- name: link_conversations
-- Every conversation of the contact is this lead's.
UPDATE conversations SET lead_id = :lead_id
WHERE tenant_id = :tenant_id AND contact_id = :contact_id AND lead_id IS DISTINCT FROM :lead_id;

-- name: update_profile
-- What the person said about themselves; None leaves a column as it is.
UPDATE leads
SET full_name = COALESCE(:full_name, full_name), email = COALESCE(:email, email),
    company = COALESCE(:company, company), need = COALESCE(:need, need), language = COALESCE(:language, language),
    updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: note_interest
-- The lead's latest qualification, mirrored on the lead.
UPDATE leads SET interest = :interest, score = :score, need = COALESCE(:need, need), updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: store_qualification
-- The record without which no availability is shown.
INSERT INTO qualifications (
    tenant_id, conversation_id, lead_id, turn_id, interest, score, need, budget, timeline, decision_maker, evidence, reasons,
    qualified_by
)
VALUES (
    :tenant_id, :conversation_id, :lead_id, :turn_id, :interest, :score, :need, :budget, :timeline, :decision_maker,
    :evidence, :reasons, :qualified_by
)
RETURNING id;

-- name: latest_qualification
-- How interested the person of a conversation is.
SELECT interest, score, need, budget, timeline, decision_maker, evidence, reasons
FROM qualifications
WHERE tenant_id = :tenant_id AND conversation_id = :conversation_id
ORDER BY id DESC
LIMIT 1;

-- name: advance_stage
-- Move a lead forward in the pipeline; never back, and never out of won or lost.
WITH moved AS (
    UPDATE leads AS l
    SET stage_key = target.key, stage_since = now(), updated_at = now()
    FROM pipeline_stages AS here, pipeline_stages AS target
    WHERE l.tenant_id = :tenant_id AND l.id = :lead_id
        AND here.tenant_id = l.tenant_id AND here.key = l.stage_key
        AND target.tenant_id = l.tenant_id AND target.key = :stage_key
        AND here.kind = 'open' AND target.position > here.position AND target.key <> ALL (here.closed_to)
    RETURNING l.id, here.key AS was, target.key AS became
)
INSERT INTO lead_changes (tenant_id, lead_id, field, was, became)
SELECT :tenant_id, moved.id, 'stage_key', moved.was, moved.became FROM moved;

-- name: add_task
-- Something a person must do; one open task of a kind per conversation is enough.
INSERT INTO tasks (tenant_id, kind, lead_id, conversation_id, reason)
VALUES (:tenant_id, :kind, :lead_id, :conversation_id, :reason)
ON CONFLICT (tenant_id, conversation_id, kind) WHERE status = 'open' DO UPDATE SET reason = excluded.reason
RETURNING id;

-- name: call_person
-- The conversation waits for a person; answers since when.
UPDATE conversations
SET needs_person = true, needs_person_since = COALESCE(needs_person_since, now())
WHERE tenant_id = :tenant_id AND id = :conversation_id
RETURNING needs_person_since;

-- name: lead_card
-- The least that a conversation needs to know of its lead.
SELECT l.id, l.full_name, l.stage_key, l.phone, l.email,
    EXISTS (SELECT 1 FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id) AS is_client
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL;

-- name: lock_lead
-- One lead, locked against every other change of it until the end of the transaction. NO KEY: rows that only refer to
-- the lead do not wait.
SELECT l.id, l.full_name, l.phone, l.email, l.company, l.stage_key, l.owner_user_id, l.source,
    NULLIF(COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id'), '') AS campaign, l.language, l.interest,
    l.score, l.need, l.value, l.currency, l.social_links, l.lost_reason, l.custom, l.created_at, l.updated_at, l.deleted_at,
    ARRAY(
        SELECT g.tag_id FROM lead_tags AS g WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id ORDER BY g.tag_id
    ) AS tag_ids,
    COALESCE(l.stage_since, l.created_at) AS stage_since,
    EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.needs_person
    ) AS needs_person,
    CASE WHEN l.phone IS NULL THEN (
        SELECT p.username FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.lead_id = l.id AND p.username IS NOT NULL
        ORDER BY p.id DESC
        LIMIT 1
    ) END AS username
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND (l.deleted_at IS NULL
    OR (:binned AND l.merged_into IS NULL AND l.erased_at IS NULL))
FOR NO KEY UPDATE OF l;

-- name: stage_kind
-- Whether a lead is open, won or lost.
SELECT s.kind
FROM leads AS l
JOIN pipeline_stages AS s ON s.tenant_id = l.tenant_id AND s.key = l.stage_key
WHERE l.tenant_id = :tenant_id AND l.id = :lead_id AND l.deleted_at IS NULL;

-- name: win_lead
-- Put a lead, a lost one too, into the tenant's first stage of the kind won; nothing where it is in one already.
WITH moved AS (
    UPDATE leads AS l
    SET stage_key = target.key, stage_since = now(), updated_at = now()
    FROM pipeline_stages AS here, pipeline_stages AS target
    WHERE l.tenant_id = :tenant_id AND l.id = :lead_id
        AND here.tenant_id = l.tenant_id AND here.key = l.stage_key AND here.kind <> 'won'
        AND target.key <> ALL (here.closed_to) AND target.tenant_id = l.tenant_id AND target.id = (
            SELECT s.id FROM pipeline_stages AS s
            WHERE s.tenant_id = :tenant_id AND s.kind = 'won'
            ORDER BY s.position, s.id
            LIMIT 1
        )
    RETURNING l.id, here.key AS was, target.key AS became
)
INSERT INTO lead_changes (tenant_id, lead_id, field, was, became)
SELECT :tenant_id, moved.id, 'stage_key', moved.was, moved.became FROM moved;

-- name: record_change
-- What somebody of the team changed about where a lead stands, or whose it is.
INSERT INTO lead_changes (tenant_id, lead_id, field, name, was, became, user_id)
VALUES (:tenant_id, :lead_id, :field, :name, :was, :became, :user_id);

-- name: list_leads
-- One page of the leads that somebody may see, newest first; with `among`, of what the search finds among the newest so
-- many: a page that is full of these is the page.
SELECT l.id, l.full_name, l.phone, l.email, l.company, l.stage_key, l.owner_user_id, l.source,
    NULLIF(COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id'), '') AS campaign, l.language, l.interest,
    l.score, l.need, l.value, l.currency, l.social_links, l.lost_reason, l.custom, l.created_at, l.updated_at, l.deleted_at,
    ARRAY(
        SELECT g.tag_id FROM lead_tags AS g WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id ORDER BY g.tag_id
    ) AS tag_ids,
    COALESCE(l.stage_since, l.created_at) AS stage_since,
    EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.needs_person
    ) AS needs_person,
    CASE WHEN l.phone IS NULL THEN (
        SELECT p.username FROM contacts AS p
        WHERE p.tenant_id = :tenant_id AND p.lead_id = l.id AND p.username IS NOT NULL
        ORDER BY p.id DESC
        LIMIT 1
    ) END AS username
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND (l.deleted_at IS NOT NULL) = :binned
    AND l.merged_into IS NULL AND l.erased_at IS NULL AND l.id < :before_id
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
    AND (:stage_key::text IS NULL OR l.stage_key = :stage_key)
    AND (:interest::text IS NULL OR l.interest = :interest)
    AND (:owner_user_id::bigint IS NULL OR l.owner_user_id = :owner_user_id)
    AND (NOT :nobodys OR l.owner_user_id IS NULL)
    AND (:source::text IS NULL OR l.source = :source)
    AND (:campaign::text IS NULL
        OR COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id') = :campaign)
    AND (:tag_id::bigint IS NULL OR EXISTS (
        SELECT 1 FROM lead_tags AS g
        WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id AND g.tag_id = :tag_id
    ))
    AND (:field_key::text IS NULL OR l.custom ->> :field_key = :field_value)
    AND (:score_min::int IS NULL OR l.score >= :score_min)
    AND (:score_max::int IS NULL OR l.score <= :score_max)
    AND (:created_from::timestamptz IS NULL OR l.created_at >= :created_from)
    AND (:created_to::timestamptz IS NULL OR l.created_at < :created_to)
    AND (:active_from::timestamptz IS NULL OR l.updated_at >= :active_from OR EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_from
    ))
    AND (:active_to::timestamptz IS NULL OR l.updated_at < :active_to AND NOT EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_to
    ))
    AND (:open_task::bool IS NULL OR :open_task = (l.id IN (SELECT leads_with_open_tasks())))
    AND (:words::text IS NULL OR l.id = ANY (ARRAY(
        SELECT find_leads(
            :words::text, :part::text, :digits::text, :owner::bigint, :unassigned::bool, :binned::bool, :before_id::bigint,
            :among::int, :enough::int
        )
    )))
ORDER BY l.id DESC
LIMIT :most;

-- name: summarise_leads
-- How many leads of somebody's scope stand in each stage, and what they are worth in each currency.
SELECT l.stage_key, l.currency::text AS currency, count(*) AS leads, sum(l.value) AS value
FROM leads AS l
WHERE l.tenant_id = :tenant_id AND (l.deleted_at IS NOT NULL) = :binned
    AND l.merged_into IS NULL AND l.erased_at IS NULL
    AND (:owner::bigint IS NULL OR l.owner_user_id = :owner OR (:unassigned AND l.owner_user_id IS NULL))
    AND (:stage_key::text IS NULL OR l.stage_key = :stage_key)
    AND (:interest::text IS NULL OR l.interest = :interest)
    AND (:owner_user_id::bigint IS NULL OR l.owner_user_id = :owner_user_id)
    AND (NOT :nobodys OR l.owner_user_id IS NULL)
    AND (:source::text IS NULL OR l.source = :source)
    AND (:campaign::text IS NULL
        OR COALESCE(l.campaign, l.referral ->> 'headline', l.referral ->> 'source_id') = :campaign)
    AND (:tag_id::bigint IS NULL OR EXISTS (
        SELECT 1 FROM lead_tags AS g
        WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id AND g.tag_id = :tag_id
    ))
    AND (:field_key::text IS NULL OR l.custom ->> :field_key = :field_value)
    AND (:score_min::int IS NULL OR l.score >= :score_min)
    AND (:score_max::int IS NULL OR l.score <= :score_max)
    AND (:created_from::timestamptz IS NULL OR l.created_at >= :created_from)
    AND (:created_to::timestamptz IS NULL OR l.created_at < :created_to)
    AND (:active_from::timestamptz IS NULL OR l.updated_at >= :active_from OR EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_from
    ))
    AND (:active_to::timestamptz IS NULL OR l.updated_at < :active_to AND NOT EXISTS (
        SELECT 1 FROM conversations AS c
        WHERE c.tenant_id = :tenant_id AND c.lead_id = l.id AND c.last_message_at >= :active_to
    ))
    AND (:open_task::bool IS NULL OR :open_task = (l.id IN (SELECT leads_with_open_tasks())))
    AND (:words::text IS NULL OR l.id = ANY (ARRAY(
        SELECT find_leads(:words::text, :part::text, :digits::text, :owner::bigint, :unassigned::bool, :binned::bool)
    )))
GROUP BY l.stage_key, l.currency
ORDER BY l.stage_key, l.currency;

-- name: insert_lead
-- A lead that the team typed; nothing where the phone number is a lead already, or of one that was merged into a lead.
INSERT INTO leads (
    tenant_id, full_name, phone, match_key, email, company, need, language, owner_user_id, source, campaign, stage_key,
    value, currency, social_links, lost_reason, custom
)
SELECT :tenant_id, :full_name, :phone, :match_key::text, :email, :company, :need, :language, :owner_user_id, :source,
    :campaign, :stage_key, :value, :currency, :social_links, :lost_reason, :custom
WHERE NOT EXISTS (
    SELECT 1 FROM leads AS m
    JOIN leads AS s ON s.tenant_id = m.tenant_id AND s.id = m.merged_into AND s.deleted_at IS NULL
    WHERE m.tenant_id = :tenant_id AND m.match_key = :match_key AND m.merged_into IS NOT NULL
)
ON CONFLICT (tenant_id, match_key) WHERE match_key IS NOT NULL AND deleted_at IS NULL DO NOTHING
RETURNING id, full_name, phone, email, company, stage_key, owner_user_id, source, NULLIF(campaign, '') AS campaign, language,
    interest, score, need, value, currency, social_links, lost_reason, custom, created_at, updated_at, deleted_at,
    '{}'::bigint[] AS tag_ids, COALESCE(stage_since, created_at) AS stage_since, false AS needs_person,
    NULL::text AS username;

-- name: write_lead
-- An edit by the team: every editable column, as it shall be.
UPDATE leads
SET full_name = :full_name, phone = :phone, match_key = :match_key, email = :email, company = :company, need = :need,
    language = :language, owner_user_id = :owner_user_id, stage_key = :stage_key,
    stage_since = CASE WHEN stage_key = :stage_key THEN stage_since ELSE now() END, value = :value,
    currency = :currency, social_links = :social_links, lost_reason = :lost_reason, source = :source,
    campaign = COALESCE(:campaign, ''), custom = :custom, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: active_member
-- Whether somebody works in the company and may own a record.
SELECT EXISTS (SELECT 1 FROM users AS u WHERE u.tenant_id = :tenant_id AND u.id = :user_id AND u.status = 'active');

-- name: ground_of_lead
-- What a lead of a stage is judged by: what the stage means (NULL: there is none), and the country of written phones.
SELECT s.kind, t.country::text AS country
FROM tenants AS t
LEFT JOIN pipeline_stages AS s ON s.tenant_id = :tenant_id AND s.key = :stage_key
WHERE t.id = :tenant_id;

-- name: tenant_country
-- In which country's form people write phone numbers.
SELECT country::text FROM tenants WHERE id = :tenant_id;

-- name: move_out
-- Every lead of a stage, deleted ones too, is in another one from now on; answers those that are not deleted.
WITH moved AS (
    UPDATE leads SET stage_key = :became, stage_since = now(), updated_at = now()
    WHERE tenant_id = :tenant_id AND stage_key = :was
    RETURNING id, deleted_at
), kept AS (
    INSERT INTO lead_changes (tenant_id, lead_id, field, was, became, user_id)
    SELECT :tenant_id, moved.id, 'stage_key', :was, :became, :user_id FROM moved
)
SELECT moved.id FROM moved WHERE moved.deleted_at IS NULL ORDER BY moved.id;

-- name: closed_move
-- Whether no lead goes from a stage to another; no `became`: to the stage for won leads.
SELECT EXISTS (
    SELECT 1 FROM pipeline_stages AS here
    WHERE here.tenant_id = :tenant_id AND here.key = :was AND COALESCE(:became, (
        SELECT s.key FROM pipeline_stages AS s
        WHERE s.tenant_id = :tenant_id AND s.kind = 'won' AND here.kind <> 'won'
        ORDER BY s.position, s.id
        LIMIT 1
    )) = ANY (here.closed_to)
);

-- name: bin_lead
-- Out of every list; its number is free again.
UPDATE leads SET deleted_at = now(), updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id AND deleted_at IS NULL;

-- name: unbin_lead
-- Back where it was.
UPDATE leads SET deleted_at = NULL, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id AND deleted_at IS NOT NULL;

-- name: binned_of_contact
-- The deleted lead that a contact was, locked.
SELECT l.id FROM contacts AS p
JOIN leads AS l ON l.tenant_id = p.tenant_id AND l.id = p.lead_id AND l.deleted_at IS NOT NULL
WHERE p.tenant_id = :tenant_id AND p.id = :contact_id
FOR NO KEY UPDATE OF l;

-- name: talks_of_lead
-- The conversations that come and go with a lead.
SELECT c.id FROM conversations AS c WHERE c.tenant_id = :tenant_id AND c.lead_id = :lead_id ORDER BY c.id;

-- name: refresh_words
-- What the search finds some leads by beside their own columns: their notes and the names of their tags.
UPDATE leads AS l
SET also = left(concat_ws(' ',
    (SELECT string_agg(t.name, ' ') FROM lead_tags AS g
        JOIN tags AS t ON t.tenant_id = g.tenant_id AND t.id = g.tag_id
        WHERE g.tenant_id = :tenant_id AND g.lead_id = l.id),
    (SELECT string_agg(n.body, ' ' ORDER BY n.id DESC) FROM lead_notes AS n
        WHERE n.tenant_id = :tenant_id AND n.lead_id = l.id)), 20000),
    updated_at = now()
WHERE l.tenant_id = :tenant_id AND l.id = ANY(:lead_ids::bigint[]);

-- name: find_by_email
-- The oldest lead with an e-mail, however it was written.
SELECT l.id FROM leads AS l
WHERE l.tenant_id = :tenant_id AND lower(l.email) = lower(:email) AND l.deleted_at IS NULL
ORDER BY l.id
LIMIT 1;

-- name: receive_new
-- A lead that came by itself; nothing where the phone number is a lead already.
INSERT INTO leads (
    tenant_id, full_name, phone, match_key, email, company, need, language, owner_user_id, source, referral, stage_key
)
VALUES (
    :tenant_id, :full_name, :phone, :match_key, :email, :company, :need, :language, :owner_user_id, :source,
    :referral::jsonb, 'new'
)
ON CONFLICT (tenant_id, match_key) WHERE match_key IS NOT NULL AND deleted_at IS NULL DO NOTHING
RETURNING id;

-- name: add_custom
-- Values of the company's own fields; what is there stays.
UPDATE leads SET custom = :values::jsonb || custom, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: fill_blanks
-- What a known lead tells anew about itself, where nothing was known; what is there stays.
UPDATE leads
SET full_name = COALESCE(full_name, :full_name), email = COALESCE(email, :email), company = COALESCE(company, :company),
    need = COALESCE(need, :need), language = COALESCE(language, :language), referral = COALESCE(referral, :referral::jsonb),
    updated_at = now()
WHERE tenant_id = :tenant_id AND id = :lead_id;

-- name: reword_lost
-- Leads of one reason have it by its new name.
WITH reworded AS (
    UPDATE leads SET lost_reason = :became, updated_at = now()
    WHERE tenant_id = :tenant_id AND lost_reason = :was
    RETURNING id
)
SELECT r.id FROM reworded AS r ORDER BY r.id;

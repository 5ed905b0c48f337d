-- name: read_company
-- Who the company is.
SELECT t.name, t.country::text AS country, t.zone, t.language, t.currency::text AS currency, s.vocabulary,
    s.vocabulary_words
FROM tenants AS t
JOIN tenant_settings AS s ON s.tenant_id = t.id
WHERE t.id = :tenant_id AND s.tenant_id = :tenant_id;

-- name: read_agent
-- How its agent behaves.
SELECT agent_name, agent_mode, quiet_seconds::float8 AS quiet_seconds,
    maximum_wait_seconds::float8 AS maximum_wait_seconds, takeover_hours, agent_hours, ai_disclosure, turns_per_day
FROM tenant_settings
WHERE tenant_id = :tenant_id;

-- name: read_meetings
-- How its meetings are given out.
SELECT meeting_minutes, slot_granularity_minutes, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
    horizon_days, most_meetings_per_day, offer_minutes, hold_minutes, assignment,
    COALESCE(holiday_country::text, '') AS holiday_country, COALESCE(holiday_region, '') AS holiday_region
FROM tenant_settings
WHERE tenant_id = :tenant_id;

-- name: read_media
-- Who hears and sees for it.
SELECT COALESCE(whisper_model, '') AS whisper_model, COALESCE(whisper_base_url, '') AS whisper_base_url,
    COALESCE(vision_model, '') AS vision_model
FROM tenant_settings
WHERE tenant_id = :tenant_id;

-- name: lock_settings
-- Nobody else changes the company's settings until the end of the transaction.
SELECT tenant_id FROM tenant_settings WHERE tenant_id = :tenant_id FOR NO KEY UPDATE;

-- name: write_tenant
-- Who the company is.
UPDATE tenants
SET name = :name, country = :country, zone = :zone, language = :language, currency = :currency
WHERE id = :tenant_id;

-- name: write_vocabulary
-- What it calls those who buy.
UPDATE tenant_settings SET vocabulary = :vocabulary, vocabulary_words = :vocabulary_words WHERE tenant_id = :tenant_id;

-- name: write_agent
-- How its agent behaves from its next turns on.
UPDATE tenant_settings
SET agent_name = :agent_name, agent_mode = :agent_mode, quiet_seconds = :quiet_seconds,
    maximum_wait_seconds = :maximum_wait_seconds, takeover_hours = :takeover_hours, agent_hours = :agent_hours,
    ai_disclosure = :ai_disclosure, turns_per_day = :turns_per_day
WHERE tenant_id = :tenant_id;

-- name: write_meetings
-- How its meetings are given out from now on.
UPDATE tenant_settings
SET meeting_minutes = :meeting_minutes, slot_granularity_minutes = :slot_granularity_minutes,
    buffer_before_minutes = :buffer_before_minutes, buffer_after_minutes = :buffer_after_minutes,
    minimum_notice_minutes = :minimum_notice_minutes, horizon_days = :horizon_days,
    most_meetings_per_day = :most_meetings_per_day, offer_minutes = :offer_minutes, hold_minutes = :hold_minutes,
    assignment = :assignment,
    holiday_country = NULLIF(:holiday_country, ''), holiday_region = NULLIF(:holiday_region, '')
WHERE tenant_id = :tenant_id;

-- name: write_media
-- Who hears and sees for it from now on.
UPDATE tenant_settings
SET whisper_model = NULLIF(:whisper_model, ''), whisper_base_url = NULLIF(:whisper_base_url, ''),
    vision_model = NULLIF(:vision_model, '')
WHERE tenant_id = :tenant_id;

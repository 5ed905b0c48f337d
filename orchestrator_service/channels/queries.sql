-- name: list_channels
-- Every number with what its provider told, which keys it has, and what lately came and left by it.
SELECT c.id, c.provider, c.name, c.business_number, c.waba_id, c.phone_number_id, c.active, c.quality, c.shown_name,
    c.message_limit, c.provider_status, c.provider_reason, c.news_at, c.checked_at, c.check_problem,
    EXISTS (
        SELECT 1 FROM credentials AS k WHERE k.tenant_id = :tenant_id AND k.name = 'channel:' || c.id || ':api_key'
    ) AS has_key,
    EXISTS (
        SELECT 1 FROM credentials AS k
        WHERE k.tenant_id = :tenant_id AND k.name = 'channel:' || c.id || ':webhook_secrets'
    ) AS has_secrets,
    (
        SELECT max(v.last_inbound_at) FROM conversations AS v WHERE v.tenant_id = :tenant_id AND v.channel_id = c.id
    ) AS last_inbound_at,
    lately.last_sent_at, lately.last_failed_at, lately.last_failure, COALESCE(lately.uncertain, 0) AS uncertain
FROM channels AS c
LEFT JOIN LATERAL (
    SELECT max(r.updated_at) FILTER (WHERE r.state = 'sent') AS last_sent_at,
        max(r.status_at) FILTER (WHERE r.status = 'failed') AS last_failed_at,
        (array_agg(COALESCE(r.shown_code, r.error_code) ORDER BY r.status_at DESC)
            FILTER (WHERE r.status = 'failed'))[1] AS last_failure,
        count(*) FILTER (WHERE r.status = 'unknown') AS uncertain
    FROM (
        SELECT d.state, d.updated_at, d.error_code, m.status, m.status_at, m.error_code AS shown_code
        FROM message_deliveries AS d
        JOIN chat_messages AS m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
        WHERE d.tenant_id = :tenant_id AND d.channel_id = c.id
        ORDER BY d.message_id DESC
        LIMIT 500
    ) AS r
) AS lately ON true
WHERE c.tenant_id = :tenant_id
ORDER BY c.id;

-- name: change_channel
-- What the ceo may change of a number, as it shall be; nothing where there is none.
UPDATE channels
SET name = :name, active = :active, waba_id = :waba_id, phone_number_id = :phone_number_id
WHERE tenant_id = :tenant_id AND id = :channel_id;

-- name: forget_addresses
-- The webhook addresses of a number lead nowhere any more.
DELETE FROM directory WHERE tenant_id = :tenant_id AND kind = 'endpoint' AND ref = :channel_id;

-- name: is_paused
-- Whether the company sends nothing at all.
SELECT sending_paused FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: set_paused
-- Pause sending, or go on; nothing where it is so already.
UPDATE tenant_settings SET sending_paused = :paused WHERE tenant_id = :tenant_id AND sending_paused <> :paused;

-- name: list_devices
-- Somebody's browsers that are switched on and still logged in, newest first.
SELECT p.id, p.session_id, p.user_agent, p.created_at, p.last_success_at
FROM push_subscriptions AS p
JOIN sessions AS s ON s.tenant_id = p.tenant_id AND s.id = p.session_id
WHERE p.tenant_id = :tenant_id AND p.user_id = :user_id AND s.revoked_at IS NULL AND s.expires_at > :now
ORDER BY p.id DESC
LIMIT :most;

-- name: store_subscription
-- A browser is switched on. One that somebody else of the company had switched on is now this one's alone.
INSERT INTO push_subscriptions (tenant_id, user_id, session_id, digest, user_agent)
VALUES (:tenant_id, :user_id, :session_id, :digest, :user_agent)
ON CONFLICT (tenant_id, digest) DO UPDATE
SET user_id = excluded.user_id, session_id = excluded.session_id, user_agent = excluded.user_agent, failures = 0,
    created_at = now(), last_success_at = NULL
RETURNING id;

-- name: surplus_devices
-- Browsers that are out of use or beyond what one person may have, oldest last.
SELECT p.id, p.user_id, p.digest
FROM push_subscriptions AS p
JOIN sessions AS s ON s.tenant_id = p.tenant_id AND s.id = p.session_id
WHERE p.tenant_id = :tenant_id AND p.user_id = :user_id AND (
    s.revoked_at IS NOT NULL OR s.expires_at <= :now OR p.id IN (
        SELECT k.id FROM push_subscriptions AS k
        WHERE k.tenant_id = :tenant_id AND k.user_id = :user_id ORDER BY k.created_at DESC, k.id DESC OFFSET :most
    )
);

-- name: find_device
-- One browser of somebody.
SELECT id, user_id, digest FROM push_subscriptions
WHERE tenant_id = :tenant_id AND id = :device_id AND user_id = :user_id;

-- name: delete_device
-- A browser is switched off, and what waited for it with it; its keys are forgotten.
WITH gone AS (
    DELETE FROM push_subscriptions AS p WHERE p.tenant_id = :tenant_id AND p.id = :device_id
)
DELETE FROM credentials WHERE tenant_id = :tenant_id AND name = :name;

-- name: preferences
-- What somebody chose.
SELECT channels, quiet_from, quiet_to, zone, phone FROM alert_preferences
WHERE tenant_id = :tenant_id AND user_id = :user_id;

-- name: store_preferences
-- As it shall be from now on.
INSERT INTO alert_preferences (tenant_id, user_id, channels, quiet_from, quiet_to, zone, phone)
VALUES (:tenant_id, :user_id, :channels, :quiet_from, :quiet_to, :zone, :phone)
ON CONFLICT (tenant_id, user_id) DO UPDATE
SET channels = excluded.channels, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
    zone = excluded.zone, phone = excluded.phone, updated_at = now();

-- name: company_rules
-- What the ceo decides about alerts.
SELECT alerts_show_names AS show_names, alerts_template_id AS template_id
FROM tenant_settings WHERE tenant_id = :tenant_id;

-- name: store_company_rules
-- As it shall be from now on.
UPDATE tenant_settings SET alerts_show_names = :show_names, alerts_template_id = :template_id
WHERE tenant_id = :tenant_id;

-- name: company
-- Where the company is, for its clock and its phone numbers.
SELECT zone, country::text AS country FROM tenants WHERE id = :tenant_id;

-- name: told
-- Whom a set of notifications is for, while they have not been looked at.
SELECT n.id, n.user_id, n.kind, COALESCE(f.channels, '{}') AS channels, f.quiet_from, f.quiet_to,
    COALESCE(f.zone, t.zone) AS zone, f.phone
FROM notifications AS n
JOIN users AS u ON u.tenant_id = n.tenant_id AND u.id = n.user_id AND u.status = 'active'
JOIN tenants AS t ON t.id = n.tenant_id
LEFT JOIN alert_preferences AS f ON f.tenant_id = n.tenant_id AND f.user_id = n.user_id
WHERE n.tenant_id = :tenant_id AND t.id = :tenant_id AND n.id = ANY(:ids::bigint[]) AND n.read_at IS NULL
ORDER BY n.id;

-- name: plan_push
-- One alert for each browser of the recipient that is logged in; none where one was planned for it already.
INSERT INTO alert_deliveries (tenant_id, notification_id, user_id, channel, subscription_id, due_at)
SELECT :tenant_id, :notification_id, p.user_id, 'push', p.id, :due_at
FROM push_subscriptions AS p
JOIN sessions AS s ON s.tenant_id = p.tenant_id AND s.id = p.session_id
WHERE p.tenant_id = :tenant_id AND p.user_id = :user_id AND s.revoked_at IS NULL AND s.expires_at > :now
ON CONFLICT DO NOTHING
RETURNING id, due_at;

-- name: plan_other
-- One alert by mail or WhatsApp; none where one was planned already.
INSERT INTO alert_deliveries (tenant_id, notification_id, user_id, channel, due_at)
VALUES (:tenant_id, :notification_id, :user_id, :channel, :due_at)
ON CONFLICT DO NOTHING
RETURNING id, due_at;

-- name: lock_alert
-- One alert, for one worker alone until its commit.
SELECT id, state, channel, attempts, due_at FROM alert_deliveries
WHERE tenant_id = :tenant_id AND id = :alert_id
FOR NO KEY UPDATE;

-- name: facts
-- All that decides and fills an alert, as it is now.
SELECT n.kind, n.data, n.lead_id, n.conversation_id, n.event_id, n.read_at IS NOT NULL AS read,
    u.status = 'active' AND t.status = 'active' AS active, u.id AS user_id, u.role, u.name, u.email,
    t.name AS company, t.language, t.zone, c.alerts_show_names AS show_names, c.alerts_template_id AS template_id,
    f.phone, l.id IS NOT NULL AS has_lead, l.full_name, l.owner_user_id,
    p.id AS device_id, p.digest, s.revoked_at IS NULL AND s.expires_at > :now AS device_in
FROM alert_deliveries AS a
JOIN notifications AS n ON n.tenant_id = a.tenant_id AND n.id = a.notification_id
JOIN users AS u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
JOIN tenants AS t ON t.id = a.tenant_id
JOIN tenant_settings AS c ON c.tenant_id = a.tenant_id
LEFT JOIN alert_preferences AS f ON f.tenant_id = a.tenant_id AND f.user_id = a.user_id
LEFT JOIN leads AS l ON l.tenant_id = a.tenant_id AND l.id = n.lead_id AND l.deleted_at IS NULL
LEFT JOIN push_subscriptions AS p
    ON p.tenant_id = a.tenant_id AND p.id = a.subscription_id AND p.user_id = a.user_id
LEFT JOIN sessions AS s ON s.tenant_id = p.tenant_id AND s.id = p.session_id
WHERE a.tenant_id = :tenant_id AND t.id = :tenant_id AND a.id = :alert_id;

-- name: begin_sending
-- From here on, a crash leaves the outcome unknown, and it is not sent again.
UPDATE alert_deliveries SET state = 'sending', attempts = attempts + 1, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: hand_over
-- What WhatsApp shall say; the rest is the sending door's.
UPDATE alert_deliveries
SET state = 'queued', channel_id = :channel_id, recipient = :recipient, content = :content, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: settle
-- What became of an alert.
UPDATE alert_deliveries SET state = :state, reason = :reason, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: put_off
-- It surely was not sent: once more later.
UPDATE alert_deliveries SET state = 'waiting', reason = :reason, due_at = :due_at, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :alert_id;

-- name: note_success
-- The push service has taken a message for the browser.
UPDATE push_subscriptions SET last_success_at = now(), failures = 0
WHERE tenant_id = :tenant_id AND id = :device_id;

-- name: note_failure
-- It has not.
UPDATE push_subscriptions SET failures = failures + 1 WHERE tenant_id = :tenant_id AND id = :device_id;

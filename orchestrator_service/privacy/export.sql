-- What is handed out of a person, section by section.

-- name: leads
-- Their leads, as stored.
SELECT to_jsonb(l.*) AS row FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.id = ANY(:lead_ids)
ORDER BY l.id;

-- name: clients
-- Their clients, as stored.
SELECT to_jsonb(c.*) AS row FROM clients AS c WHERE c.tenant_id = :tenant_id AND c.id = ANY(:client_ids)
ORDER BY c.id;

-- name: client_contacts
-- Their client contacts, as stored.
SELECT to_jsonb(c.*) AS row FROM client_contacts AS c WHERE c.tenant_id = :tenant_id AND c.client_id = ANY(:client_ids)
ORDER BY c.id;

-- name: contacts
-- Their contacts, as stored.
SELECT to_jsonb(c.*) AS row FROM contacts AS c WHERE c.tenant_id = :tenant_id AND c.id = ANY(:contact_ids)
ORDER BY c.id;

-- name: identities
-- Their identities, as stored.
SELECT to_jsonb(i.*) AS row FROM lead_identities AS i WHERE i.tenant_id = :tenant_id AND i.contact_id = ANY(:contact_ids);

-- name: conversations
-- Their conversations, as stored.
SELECT to_jsonb(c.*) AS row FROM conversations AS c WHERE c.tenant_id = :tenant_id AND c.id = ANY(:conversation_ids)
ORDER BY c.id;

-- name: summaries
-- Their summaries, as stored.
SELECT to_jsonb(c.*) AS row FROM conversation_summaries AS c WHERE c.tenant_id = :tenant_id AND c.conversation_id = ANY(:conversation_ids);

-- name: messages
-- Their messages, as stored.
SELECT to_jsonb(m.*) AS row FROM chat_messages AS m WHERE m.tenant_id = :tenant_id AND m.conversation_id = ANY(:conversation_ids)
ORDER BY m.id;

-- name: qualifications
-- Their qualifications, as stored.
SELECT to_jsonb(q.*) AS row FROM qualifications AS q WHERE q.tenant_id = :tenant_id AND (q.lead_id = ANY(:lead_ids) OR q.conversation_id = ANY(:conversation_ids))
ORDER BY q.id;

-- name: notes
-- Their notes, as stored.
SELECT to_jsonb(n.*) AS row FROM lead_notes AS n WHERE n.tenant_id = :tenant_id AND n.lead_id = ANY(:lead_ids)
ORDER BY n.id;

-- name: tasks
-- Their tasks, as stored.
SELECT to_jsonb(k.*) AS row FROM tasks AS k WHERE k.tenant_id = :tenant_id AND k.lead_id = ANY(:lead_ids)
ORDER BY k.id;

-- name: changes
-- Their changes, as stored.
SELECT to_jsonb(h.*) AS row FROM lead_changes AS h WHERE h.tenant_id = :tenant_id AND h.lead_id = ANY(:lead_ids)
ORDER BY h.id;

-- name: meetings
-- Their meetings, as stored.
SELECT to_jsonb(e.*) AS row FROM seller_agenda_events AS e WHERE e.tenant_id = :tenant_id AND e.lead_id = ANY(:lead_ids)
ORDER BY e.id;

-- name: forms
-- Their forms, as stored.
SELECT to_jsonb(v.*) AS row FROM received_leads AS v WHERE v.tenant_id = :tenant_id AND v.lead_id = ANY(:lead_ids)
ORDER BY v.id;

-- name: transactions
-- Their transactions, as stored.
SELECT to_jsonb(a.*) AS row FROM accounting_transactions AS a WHERE a.tenant_id = :tenant_id AND (a.lead_id = ANY(:lead_ids) OR a.client_id = ANY(:client_ids))
ORDER BY a.id;

-- name: questions
-- Their questions, as stored.
SELECT to_jsonb(q.*) AS row FROM knowledge_questions AS q WHERE q.tenant_id = :tenant_id AND q.conversation_id = ANY(:conversation_ids)
ORDER BY q.id;

-- name: files
-- The files of their messages.
SELECT f.id, f.storage_key, f.filename, f.sniffed_type AS media_type FROM media_files AS f
JOIN chat_messages AS g ON g.tenant_id = f.tenant_id AND g.id = f.message_id
WHERE f.tenant_id = :tenant_id AND g.conversation_id = ANY(:conversation_ids) AND f.storage_key IS NOT NULL
ORDER BY f.id;

-- name: tags
-- How they are marked.
SELECT to_jsonb(t.name) AS row FROM lead_tags AS g
JOIN tags AS t ON t.tenant_id = g.tenant_id AND t.id = g.tag_id
WHERE g.tenant_id = :tenant_id AND g.lead_id = ANY(:lead_ids)
ORDER BY t.name;

-- name: list_documents
-- One page of what is known, newest first; of one kind where asked.
SELECT d.id, d.kind, d.title, d.language, d.state, d.reasons, d.version, d.passages, d.updated_by, d.created_at,
    d.updated_at
FROM knowledge_documents AS d
WHERE d.tenant_id = :tenant_id AND d.deleted_at IS NULL AND d.id < :before_id
    AND (:kind::text IS NULL OR d.kind = :kind)
ORDER BY d.id DESC
LIMIT :most;

-- name: find_document
-- One document, deleted or not, locked against other changes.
SELECT d.id, d.kind, d.title, d.language, d.state, d.reasons, d.version, d.passages, d.updated_by, d.created_at,
    d.updated_at
FROM knowledge_documents AS d
WHERE d.tenant_id = :tenant_id AND d.id = :document_id AND (d.deleted_at IS NOT NULL) = :deleted
FOR UPDATE OF d;

-- name: lock_company
-- The company whose documents are counted: two who add the last one at once take turns.
SELECT t.id FROM tenants AS t WHERE t.id = :tenant_id FOR NO KEY UPDATE;

-- name: count_documents
-- How many documents there are.
SELECT count(*) FROM knowledge_documents AS d WHERE d.tenant_id = :tenant_id AND d.deleted_at IS NULL;

-- name: count_passages
-- How many passages the company's other documents have.
SELECT count(*) FROM knowledge_passages AS p WHERE p.tenant_id = :tenant_id AND p.document_id <> :document_id;

-- name: document_of_content
-- The document that has that content already.
SELECT d.id FROM knowledge_documents AS d
WHERE d.tenant_id = :tenant_id AND d.sha256 = :sha256 AND d.deleted_at IS NULL;

-- name: company_language
-- What the company speaks.
SELECT t.language FROM tenants AS t WHERE t.id = :tenant_id;

-- name: add_document
-- A new document that waits to be read.
INSERT INTO knowledge_documents (tenant_id, kind, title, language, sha256, updated_by)
SELECT :tenant_id, :kind, :title, t.language, :sha256, :user_id
FROM tenants AS t WHERE t.id = :tenant_id
RETURNING id, kind, title, language, state, reasons, version, passages, updated_by, created_at, updated_at;

-- name: replace_document
-- A document in a new version that waits to be read.
UPDATE knowledge_documents
SET title = :title, sha256 = :sha256, version = version + 1, state = 'waiting', reasons = '{}', passages = 0,
    updated_by = :user_id, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :document_id
RETURNING id, kind, title, language, state, reasons, version, passages, updated_by, created_at, updated_at;

-- name: add_version
-- What a version is made of.
INSERT INTO knowledge_versions (
    tenant_id, document_id, version, title, filename, url, storage_key, size_bytes, body, created_by
)
VALUES (
    :tenant_id, :document_id, :version, :title, :filename, :url, :storage_key, :size_bytes, :body, :user_id
);

-- name: list_versions
-- Every version of a document, the newest first.
SELECT v.version, v.title, v.filename, v.url, v.storage_key, v.size_bytes, v.body, v.created_by, v.created_at
FROM knowledge_versions AS v
WHERE v.tenant_id = :tenant_id AND v.document_id = :document_id
ORDER BY v.version DESC;

-- name: find_version
-- One version of a document.
SELECT v.version, v.title, v.filename, v.url, v.storage_key, v.size_bytes, v.body, v.created_by, v.created_at
FROM knowledge_versions AS v
WHERE v.tenant_id = :tenant_id AND v.document_id = :document_id AND v.version = :version;

-- name: keep_fetched
-- What an address said when it was fetched.
UPDATE knowledge_versions SET body = :body, size_bytes = :size_bytes
WHERE tenant_id = :tenant_id AND document_id = :document_id AND version = :version;

-- name: set_state
-- How far the reading of a document is, or how it ended.
UPDATE knowledge_documents
SET state = :state, reasons = :reasons::text[], passages = :passages, language = COALESCE(:language, language),
    title = COALESCE(:title, title), updated_at = now()
WHERE tenant_id = :tenant_id AND id = :document_id;

-- name: delete_document
-- A document is known no more; it can be put back.
UPDATE knowledge_documents SET deleted_at = now(), updated_by = :user_id, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :document_id AND deleted_at IS NULL;

-- name: restore_document
-- A deleted document is known again.
UPDATE knowledge_documents SET deleted_at = NULL, updated_by = :user_id, updated_at = now()
WHERE tenant_id = :tenant_id AND id = :document_id AND deleted_at IS NOT NULL;

-- name: drop_passages
-- What a document said before is cited no more.
DELETE FROM knowledge_passages WHERE tenant_id = :tenant_id AND document_id = :document_id;

-- name: add_passages
-- A document's passages, in order.
INSERT INTO knowledge_passages (tenant_id, document_id, place, heading, page, body, language)
SELECT :tenant_id, :document_id, p.place - 1, p.heading, p.page, p.body, :language
FROM unnest(:headings::text[], :pages::int[], :bodies::text[]) WITH ORDINALITY AS p (heading, page, body, place);

-- name: drop_terms
-- The words of what a document said before.
DELETE FROM knowledge_terms WHERE tenant_id = :tenant_id AND document_id = :document_id;

-- name: add_terms
-- The words that a document's passages have, for slips of the pen; short ones are alike to everything.
INSERT INTO knowledge_terms (tenant_id, document_id, word)
SELECT DISTINCT :tenant_id::int, p.document_id, said.word
FROM knowledge_passages AS p
CROSS JOIN LATERAL regexp_split_to_table(search_text(p.heading || ' ' || p.body), '[^[:alnum:]]+') AS said (word)
WHERE p.tenant_id = :tenant_id AND p.document_id = :document_id AND length(said.word) BETWEEN 4 AND 40;

-- name: passages_of_document
-- What can be cited of a document, in order, the first ones.
SELECT p.id, p.document_id, p.heading, p.page, p.body
FROM knowledge_passages AS p
WHERE p.tenant_id = :tenant_id AND p.document_id = :document_id
ORDER BY p.place
LIMIT :most;

-- name: passages_by_id
-- Some passages by their ids.
SELECT p.id, p.document_id, p.heading, p.page, p.body
FROM knowledge_passages AS p
WHERE p.tenant_id = :tenant_id AND p.id = ANY(:ids::bigint[])
ORDER BY p.id;

-- name: find_passages
-- The passages that hold most of a question's words. The function tells ids of the transaction's tenant; it is demanded
-- once more here.
SELECT p.id, p.document_id, p.heading, p.page, p.body, f.score, f.matched
FROM find_passages(:groups::text[], :most::int) WITH ORDINALITY AS f (passage_id, score, matched, place)
JOIN knowledge_passages AS p ON p.tenant_id = :tenant_id AND p.id = f.passage_id
ORDER BY f.place;

-- name: near_knowledge
-- Words of the company's documents that come near one that none of them has.
-- cross-tenant: the function asks for the transaction's tenant by itself
SELECT near_knowledge(:word::text) AS word;

-- name: knows_anything
-- Whether anything can be cited at all.
SELECT EXISTS (
    SELECT 1 FROM knowledge_documents AS d
    WHERE d.tenant_id = :tenant_id AND d.deleted_at IS NULL AND d.state = 'ready'
);

-- name: embedding_settings
-- Which model says what passages mean, and where it is asked.
SELECT s.embedding_model AS model, s.embedding_base_url AS base_url,
    s.model_provider = 'openai' AND s.model_base_url IS NOT DISTINCT FROM s.embedding_base_url AS is_at_main
FROM tenant_settings AS s WHERE s.tenant_id = :tenant_id;

-- name: set_embedding
-- Another model for meanings, or none.
UPDATE tenant_settings SET embedding_model = :model, embedding_base_url = :base_url
WHERE tenant_id = :tenant_id
    AND (embedding_model IS DISTINCT FROM :model OR embedding_base_url IS DISTINCT FROM :base_url);

-- name: ready_documents
-- Every document that can be cited.
SELECT d.id FROM knowledge_documents AS d
WHERE d.tenant_id = :tenant_id AND d.deleted_at IS NULL AND d.state = 'ready'
ORDER BY d.id;

-- name: count_embedded
-- How many of the passages that can be cited have a meaning by that model.
SELECT count(*) AS passages, count(v.passage_id) AS embedded
FROM knowledge_passages AS p
JOIN knowledge_documents AS d ON d.tenant_id = p.tenant_id AND d.id = p.document_id
LEFT JOIN knowledge_vectors AS v ON v.tenant_id = p.tenant_id AND v.passage_id = p.id AND v.model = :model
WHERE p.tenant_id = :tenant_id AND d.deleted_at IS NULL AND d.state = 'ready';

-- name: has_vectors
-- Whether this server can compare meanings.
-- cross-tenant: reads the catalog only
SELECT EXISTS (
    SELECT 1 FROM pg_attribute AS a
    WHERE a.attrelid = to_regclass('public.knowledge_vectors') AND a.attname = 'embedding' AND NOT a.attisdropped
);

-- name: not_embedded
-- Passages of a document that have no meaning by that model yet.
SELECT p.id, p.document_id, p.heading, p.page, p.body
FROM knowledge_passages AS p
LEFT JOIN knowledge_vectors AS v ON v.tenant_id = p.tenant_id AND v.passage_id = p.id AND v.model = :model
WHERE p.tenant_id = :tenant_id AND p.document_id = :document_id AND v.passage_id IS NULL
ORDER BY p.id
LIMIT :most;

-- name: store_vectors
-- What passages mean by a model, in place of what another said; a passage that is gone meanwhile has none.
INSERT INTO knowledge_vectors AS v (tenant_id, passage_id, model, dimensions, embedding)
SELECT :tenant_id, p.id, :model, :dimensions, n.embedding::vector
FROM unnest(:ids::bigint[], :embeddings::text[]) AS n (id, embedding)
JOIN knowledge_passages AS p ON p.tenant_id = :tenant_id AND p.id = n.id
ON CONFLICT (tenant_id, passage_id)
DO UPDATE SET model = excluded.model, dimensions = excluded.dimensions, embedding = excluded.embedding
WHERE v.tenant_id = :tenant_id;

-- name: near_passages
-- The passages whose meaning by that model is nearest to a question's. Exact: those of one company are few.
SELECT p.id, p.document_id, p.heading, p.page, p.body, near.score
FROM (
    SELECT v.passage_id, 1 - (v.embedding <=> :embedding::text::vector) AS score
    FROM knowledge_vectors AS v
    WHERE v.tenant_id = :tenant_id AND v.model = :model AND v.dimensions = :dimensions
) AS near
JOIN knowledge_passages AS p ON p.tenant_id = :tenant_id AND p.id = near.passage_id
JOIN knowledge_documents AS d ON d.tenant_id = p.tenant_id AND d.id = p.document_id
WHERE d.deleted_at IS NULL AND d.state = 'ready'
ORDER BY near.score DESC, p.id
LIMIT :most;

-- name: ask_question
-- A question that nothing answered; asked again in its conversation it counts once more.
INSERT INTO knowledge_questions AS q (tenant_id, conversation_id, question, folded)
VALUES (:tenant_id, :conversation_id, :question, :folded)
ON CONFLICT (tenant_id, conversation_id, folded) WHERE state IN ('open', 'proposed')
DO UPDATE SET times = q.times + 1, asked_at = now()
WHERE q.tenant_id = :tenant_id;

-- name: list_questions
-- One page of the questions in a state, newest first.
SELECT q.id, q.conversation_id, q.question, q.state, q.asked_at, q.times, q.answer, q.answered_by, q.answered_at
FROM knowledge_questions AS q
WHERE q.tenant_id = :tenant_id AND q.state = :state AND q.id < :before_id
ORDER BY q.id DESC
LIMIT :most;

-- name: find_question
-- One question, locked against other decisions.
SELECT q.id, q.conversation_id, q.question, q.state, q.asked_at, q.times, q.answer, q.answered_by, q.answered_at
FROM knowledge_questions AS q
WHERE q.tenant_id = :tenant_id AND q.id = :question_id
FOR UPDATE OF q;

-- name: question_to_answer
-- The newest question of a conversation that waits for an answer, or whose answer its writer is still writing.
SELECT q.id, q.conversation_id, q.question, q.state, q.asked_at, q.times, q.answer, q.answered_by, q.answered_at
FROM knowledge_questions AS q
WHERE q.tenant_id = :tenant_id AND q.conversation_id = :conversation_id AND (
    (q.state = 'open' AND q.asked_at > now() - interval '7 days')
    OR (q.state = 'proposed' AND q.answered_by = :user_id AND q.answered_at > now() - interval '10 minutes')
)
ORDER BY q.state = 'open' DESC, q.id DESC
LIMIT 1
FOR UPDATE OF q;

-- name: propose_answer
-- What a person said to a question is proposed to be known.
UPDATE knowledge_questions
SET state = 'proposed', answer = :answer, answered_by = :user_id, answered_at = now()
WHERE tenant_id = :tenant_id AND id = :question_id;

-- name: tell_once_a_day
-- Whether somebody shall be told of a proposal: once in 24 hours.
UPDATE knowledge_questions SET notified_at = now()
WHERE tenant_id = :tenant_id AND id = :question_id AND NOT EXISTS (
    SELECT 1 FROM knowledge_questions AS o
    WHERE o.tenant_id = :tenant_id AND o.notified_at > now() - interval '24 hours'
);

-- name: decide_question
-- A question is answered for good, or not worth an answer, or open again.
UPDATE knowledge_questions
SET state = :state, decided_by = :user_id, decided_at = now(), document_id = COALESCE(:document_id, document_id)
WHERE tenant_id = :tenant_id AND id = :question_id;

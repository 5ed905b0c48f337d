"""The patches of what the agent may cite: documents, their passages, and questions that none of them answers."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

KNOWLEDGE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        98,
        "documents that the agent may cite, in passages that can be searched",
        r"""
DO $$
BEGIN
    IF to_regclass('public.knowledge_documents') IS NULL THEN
        CREATE TABLE knowledge_documents (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            kind text NOT NULL CHECK (kind IN ('text', 'file', 'page', 'faq')),
            title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
            language text NOT NULL CHECK (language IN ('es', 'en', 'pt')),
            state text NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'indexing', 'ready', 'failed', 'withheld')),
            reasons text[] NOT NULL DEFAULT '{}',
            version int NOT NULL DEFAULT 1 CHECK (version > 0),
            passages int NOT NULL DEFAULT 0 CHECK (passages >= 0),
            sha256 text NOT NULL CHECK (length(sha256) = 64),
            updated_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            deleted_at timestamptz,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, updated_by) REFERENCES users (tenant_id, id)
        );
        CREATE UNIQUE INDEX knowledge_documents_by_content ON knowledge_documents (tenant_id, sha256)
            WHERE deleted_at IS NULL;
        CREATE INDEX knowledge_documents_listed ON knowledge_documents (tenant_id, id DESC) WHERE deleted_at IS NULL;

        CREATE TABLE knowledge_versions (
            tenant_id int NOT NULL,
            document_id bigint NOT NULL,
            version int NOT NULL CHECK (version > 0),
            title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
            filename text CHECK (length(filename) <= 300),
            url text CHECK (length(url) <= 2000),
            storage_key text,
            size_bytes int NOT NULL CHECK (size_bytes >= 0),
            body text CHECK (length(body) <= 400000),
            created_by bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, document_id, version),
            FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge_documents (tenant_id, id) ON DELETE CASCADE,
            FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
        );
        PERFORM protect_tenant_table('knowledge_documents');
        PERFORM protect_tenant_table('knowledge_versions');
        GRANT SELECT, INSERT, UPDATE, DELETE ON knowledge_documents, knowledge_versions TO nexus_app;
        GRANT USAGE ON SEQUENCE knowledge_documents_id_seq TO nexus_app;
    END IF;
CREATE OR REPLACE FUNCTION knowledge_config(lang text) RETURNS regconfig
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE lang
        WHEN 'en' THEN 'pg_catalog.english'::regconfig
        WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
        ELSE 'pg_catalog.spanish'::regconfig
    END;

CREATE OR REPLACE FUNCTION knowledge_words(tenant int, lang text, heading text, body text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000
AS $function$
BEGIN
    RETURN array_to_tsvector(ARRAY['@' || tenant::text || lang])
        || setweight(to_tsvector(public.knowledge_config(lang), public.search_text(heading)), 'B')
        || setweight(to_tsvector(public.knowledge_config(lang), public.search_text(body)), 'A');
END;
$function$;
    IF to_regclass('public.knowledge_passages') IS NULL THEN
        CREATE TABLE knowledge_passages (
            tenant_id int NOT NULL,
            id bigint GENERATED ALWAYS AS IDENTITY,
            document_id bigint NOT NULL,
            place int NOT NULL CHECK (place >= 0),
            heading text NOT NULL CHECK (length(heading) <= 600),
            page int CHECK (page > 0),
            body text NOT NULL CHECK (length(body) BETWEEN 1 AND 1200),
            language text NOT NULL CHECK (language IN ('es', 'en', 'pt')),
            words tsvector NOT NULL GENERATED ALWAYS AS (
                knowledge_words(tenant_id, language, heading, body)
            ) STORED,
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, document_id, place),
            FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge_documents (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX knowledge_passages_by_words ON knowledge_passages USING gin (words);

        CREATE TABLE knowledge_terms (
            tenant_id int NOT NULL,
            document_id bigint NOT NULL,
            word text NOT NULL,
            PRIMARY KEY (tenant_id, document_id, word),
            FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge_documents (tenant_id, id) ON DELETE CASCADE
        );
        CREATE INDEX knowledge_terms_alike ON knowledge_terms USING gin (word gin_trgm_ops);
        PERFORM protect_tenant_table('knowledge_passages');
        PERFORM protect_tenant_table('knowledge_terms');
        GRANT SELECT, INSERT, UPDATE, DELETE ON knowledge_passages, knowledge_terms TO nexus_app;
        GRANT USAGE ON SEQUENCE knowledge_passages_id_seq TO nexus_app;
    END IF;
CREATE OR REPLACE FUNCTION find_passages(groups text[], most int)
    RETURNS TABLE (passage_id bigint, score double precision, matched int[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
    total double precision;
    ready bigint[];
BEGIN
    SELECT array_agg(d.id), GREATEST(sum(d.passages), 8) INTO ready, total
    FROM knowledge_documents AS d
    WHERE d.tenant_id = tenant AND d.deleted_at IS NULL AND d.state = 'ready';
    RETURN QUERY
    WITH part AS MATERIALIZED (
        SELECT g.place::int AS place, l.lang,
            (quote_literal('@' || tenant::text || l.lang) || ' & (' || t.words || ')')::tsquery AS sought,
            t.bodies::tsquery AS in_body
        FROM unnest(groups) WITH ORDINALITY AS g (words, place)
        CROSS JOIN (VALUES ('es'), ('en'), ('pt')) AS l (lang)
        CROSS JOIN LATERAL (
            SELECT string_agg(quote_literal(w.lexeme), ' | ') AS words,
                string_agg(quote_literal(w.lexeme) || ':A', ' | ') AS bodies
            FROM unnest(to_tsvector(knowledge_config(l.lang), search_text(g.words))) AS w
        ) AS t
    ), hit AS MATERIALIZED (
        SELECT part.place, k.id
        FROM part
        CROSS JOIN LATERAL (
            SELECT p.id FROM knowledge_passages AS p
            WHERE p.tenant_id = tenant AND p.words @@ part.sought AND p.document_id = ANY(ready)
        ) AS k
    ), tally AS (
        SELECT hit.place, count(*)::double precision AS hits FROM hit GROUP BY hit.place
    ), weight AS MATERIALIZED (
        SELECT g.place::int AS place,
            1 + ln(1 + (GREATEST(total, COALESCE(t.hits, 0)) - COALESCE(t.hits, 0) + 0.5) / (COALESCE(t.hits, 0) + 0.5))
                AS worth
        FROM unnest(groups) WITH ORDINALITY AS g (words, place)
        LEFT JOIN tally AS t ON t.place = g.place
    ), best AS (
        SELECT hit.id, sum(weight.worth) AS worth, array_agg(hit.place) AS matched
        FROM hit JOIN weight ON weight.place = hit.place
        GROUP BY hit.id
        ORDER BY 2 DESC, hit.id
        LIMIT 200
    )
    SELECT best.id, (best.worth / (SELECT sum(w.worth) FROM weight AS w))::double precision, best.matched
    FROM best
    JOIN knowledge_passages AS p ON p.tenant_id = tenant AND p.id = best.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS hits FROM part WHERE part.lang = p.language AND p.words @@ part.in_body
    ) AS own
    ORDER BY 2 DESC, own.hits DESC, length(p.body), best.id
    LIMIT most;
END;
$function$;

CREATE OR REPLACE FUNCTION near_knowledge(wanted text) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan
AS $function$
DECLARE
    tenant int := NULLIF(current_setting('app.tenant_id', true), '')::int;
BEGIN
    PERFORM set_config('pg_trgm.similarity_threshold', '0.4', true);
    RETURN QUERY
    SELECT near.word
    FROM (
        SELECT DISTINCT t.word FROM knowledge_terms AS t WHERE t.tenant_id = tenant AND t.word % wanted
    ) AS near
    ORDER BY similarity(near.word, wanted) DESC, near.word
    LIMIT 3;
END;
$function$;
REVOKE ALL ON FUNCTION find_passages(text[], int), near_knowledge(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_passages(text[], int), near_knowledge(text) TO nexus_app;
END
$$""",
    ),
    Patch(
        99,
        "passages found by what they mean, where the server has pgvector",
        """
DO $$
BEGIN
    IF to_regclass('public.knowledge_vectors') IS NULL THEN
        CREATE TABLE knowledge_vectors (
            tenant_id int NOT NULL,
            passage_id bigint NOT NULL,
            model text NOT NULL CHECK (length(model) BETWEEN 1 AND 600),
            dimensions int NOT NULL CHECK (dimensions BETWEEN 1 AND 16000),
            PRIMARY KEY (tenant_id, passage_id),
            FOREIGN KEY (tenant_id, passage_id) REFERENCES knowledge_passages (tenant_id, id) ON DELETE CASCADE
        );
        PERFORM protect_tenant_table('knowledge_vectors');
        GRANT SELECT, INSERT, UPDATE, DELETE ON knowledge_vectors TO nexus_app;
    END IF;
    IF to_regtype('vector') IS NOT NULL THEN
        ALTER TABLE knowledge_vectors ADD COLUMN IF NOT EXISTS embedding vector NOT NULL;
    END IF;
    ALTER TABLE tenant_settings
        ADD COLUMN IF NOT EXISTS embedding_model text CHECK (length(embedding_model) BETWEEN 1 AND 200),
        ADD COLUMN IF NOT EXISTS embedding_base_url text CHECK (length(embedding_base_url) <= 300);
END
$$""",
    ),
    Patch(
        100,
        "questions without an answer, and the answers that people gave",
        """
DO $$
BEGIN
    IF to_regclass('public.knowledge_questions') IS NULL THEN
        CREATE TABLE knowledge_questions (
            tenant_id int NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            conversation_id bigint NOT NULL,
            question text NOT NULL CHECK (length(question) BETWEEN 1 AND 300),
            folded text NOT NULL,
            state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'proposed', 'approved', 'dismissed')),
            asked_at timestamptz NOT NULL DEFAULT now(),
            times int NOT NULL DEFAULT 1 CHECK (times > 0),
            answer text CHECK (length(answer) BETWEEN 1 AND 1000),
            answered_by bigint,
            answered_at timestamptz,
            notified_at timestamptz,
            decided_by bigint,
            decided_at timestamptz,
            document_id bigint,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
            FOREIGN KEY (tenant_id, answered_by) REFERENCES users (tenant_id, id),
            FOREIGN KEY (tenant_id, decided_by) REFERENCES users (tenant_id, id),
            FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge_documents (tenant_id, id),
            CONSTRAINT knowledge_questions_answered CHECK (state <> 'proposed' OR answer IS NOT NULL)
        );
        CREATE UNIQUE INDEX knowledge_questions_once ON knowledge_questions (tenant_id, conversation_id, folded)
            WHERE state IN ('open', 'proposed');
        CREATE INDEX knowledge_questions_by_state ON knowledge_questions (tenant_id, state, id DESC);
        PERFORM protect_tenant_table('knowledge_questions');
        GRANT SELECT, INSERT, UPDATE, DELETE ON knowledge_questions TO nexus_app;
        GRANT USAGE ON SEQUENCE knowledge_questions_id_seq TO nexus_app;
    END IF;
    ALTER TABLE notifications DROP CONSTRAINT IF EXISTS notifications_kind_check;
    ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('person_needed', 'booking',
        'failure', 'hot_lead', 'mention', 'account_waiting', 'recovery_code_used', 'totp_reset', 'codes_refused',
        'reset_asked', 'password_reset', 'draft_waiting', 'calendar_lost', 'meeting_moved', 'meeting_cancelled',
        'budget_reached', 'qualified_high', 'learned_answer'));
END
$$""",
    ),
)

"""What the tenant-SQL checker accepts and refuses, on a small foundation."""

# ruff: noqa: E501 - a statement reads best on one line

from __future__ import annotations

import pytest

from tests.architecture.foundation import read_schema
from tests.architecture.tenant_sql import violations

SCHEMA = read_schema(
    [
        """
    CREATE TABLE tenants (id int PRIMARY KEY, name text, tenant_key text);
    CREATE TABLE leads (tenant_id int, id bigint, name text, client_id bigint, stage_id int, PRIMARY KEY (tenant_id, id));
    CREATE TABLE clients (tenant_id int, id bigint, lead_id bigint, name text, PRIMARY KEY (tenant_id, id));
    CREATE TABLE stages (tenant_id int, id int, parent_id int, PRIMARY KEY (tenant_id, id));
    CREATE TABLE directory (key_hash bytea PRIMARY KEY, tenant_id int);
    CREATE TABLE schema_patches (number int);
    CREATE TABLE outbox_signals (id bigint, tenant_id int);
    CREATE TABLE countries (code text);
    CREATE TABLE events (tenant_id int, id bigint) PARTITION BY HASH (tenant_id);
    CREATE TABLE events_0 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE copies (LIKE leads);
    CREATE TABLE late (id int);
    ALTER TABLE late ADD COLUMN tenant_id int;
    """
    ]
)

ACCEPTED = {
    "plain": "SELECT id FROM leads WHERE tenant_id = $1",
    "reversed": "SELECT id FROM leads AS l WHERE $1 = l.tenant_id",
    "cast": "SELECT id FROM leads AS l WHERE l.tenant_id = $1::int",
    "among other conditions": "SELECT id FROM leads WHERE id = $2 AND (tenant_id = $1 AND (name = $3 OR name IS NULL))",
    "row comparison": "SELECT id FROM leads AS l WHERE (l.tenant_id, l.id) = ($1, $2)",
    "tenants by id": "SELECT name FROM tenants WHERE id = $1",
    "join to tenants": "SELECT t.name FROM tenants t JOIN leads l ON l.tenant_id = t.id WHERE t.id = $1",
    "join through ON": "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = l.tenant_id WHERE l.tenant_id = $1",
    "join through WHERE": "SELECT 1 FROM leads l, clients c WHERE l.tenant_id = $1 AND c.tenant_id = l.tenant_id",
    "join in reverse order": "SELECT 1 FROM leads l JOIN clients c ON l.tenant_id = c.tenant_id WHERE c.tenant_id = $1",
    "chain of three": (
        "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = l.tenant_id"
        " JOIN stages s ON s.tenant_id = c.tenant_id WHERE l.tenant_id = $1"
    ),
    "using": "SELECT 1 FROM leads l JOIN clients c USING (tenant_id) WHERE l.tenant_id = $1",
    "left join": "SELECT 1 FROM leads l LEFT JOIN clients c ON c.tenant_id = l.tenant_id WHERE l.tenant_id = $1",
    "left join to the parameter": "SELECT 1 FROM leads l LEFT JOIN clients c ON c.tenant_id = $1 WHERE l.tenant_id = $1",
    "right join": "SELECT 1 FROM clients c RIGHT JOIN leads l ON c.tenant_id = l.tenant_id WHERE l.tenant_id = $1",
    "left join of a join": (
        "SELECT 1 FROM leads l LEFT JOIN (clients c JOIN stages s ON c.tenant_id = $1 AND s.tenant_id = $1)"
        " ON c.lead_id = l.id WHERE l.tenant_id = $1"
    ),
    "exists": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1"
        " AND EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = l.tenant_id)"
    ),
    "not exists": "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM clients WHERE tenant_id = $1)",
    "exists in exists": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = l.tenant_id"
        " AND EXISTS (SELECT 1 FROM stages s WHERE s.tenant_id = l.tenant_id))"
    ),
    "scalar sub-select": "SELECT (SELECT count(*) FROM clients c WHERE c.tenant_id = $1) FROM leads l WHERE l.tenant_id = $1",
    "derived table": "SELECT d.id FROM (SELECT id FROM leads WHERE tenant_id = $1) AS d",
    "join on a derived tenant": (
        "SELECT 1 FROM (SELECT l.tenant_id, l.id FROM leads l WHERE l.tenant_id = $1) AS d"
        " JOIN clients c ON c.tenant_id = d.tenant_id"
    ),
    "lateral": (
        "SELECT 1 FROM leads l LEFT JOIN LATERAL (SELECT c.id FROM clients c WHERE c.tenant_id = l.tenant_id LIMIT 1) x"
        " ON true WHERE l.tenant_id = $1"
    ),
    "cte": "WITH mine AS (SELECT * FROM leads WHERE tenant_id = $1) SELECT id FROM mine",
    "join on a cte's tenant": (
        "WITH mine AS (SELECT * FROM leads WHERE tenant_id = $1)"
        " SELECT 1 FROM mine JOIN clients c ON c.tenant_id = mine.tenant_id"
    ),
    "cte with renamed columns": (
        "WITH mine (owner, number) AS (SELECT tenant_id, id FROM leads WHERE tenant_id = $1)"
        " SELECT 1 FROM mine JOIN clients c ON c.tenant_id = mine.owner"
    ),
    "cte named like its table": "WITH leads AS (SELECT id FROM leads WHERE tenant_id = $1) SELECT id FROM leads",
    "recursive cte": (
        "WITH RECURSIVE up AS (SELECT tenant_id, id, parent_id FROM stages WHERE tenant_id = $1 AND id = $2 UNION ALL"
        " SELECT s.tenant_id, s.id, s.parent_id FROM stages s JOIN up ON s.tenant_id = up.tenant_id AND s.id = up.parent_id)"
        " SELECT id FROM up"
    ),
    "union": "SELECT id FROM leads WHERE tenant_id = $1 UNION ALL SELECT id FROM clients WHERE tenant_id = $1",
    "update": "UPDATE leads SET name = $2 WHERE tenant_id = $1 AND id = $3 RETURNING id",
    "update from": "UPDATE leads l SET name = c.name FROM clients c WHERE l.tenant_id = $1 AND c.tenant_id = l.tenant_id",
    "delete": "DELETE FROM leads WHERE tenant_id = $1",
    "delete using": "DELETE FROM leads l USING clients c WHERE l.tenant_id = $1 AND c.tenant_id = $1 AND c.lead_id = l.id",
    "claim from a cte": (
        "WITH due AS (SELECT id FROM leads WHERE tenant_id = $1 FOR UPDATE SKIP LOCKED)"
        " UPDATE leads AS l SET name = $2 FROM due WHERE l.tenant_id = $1 AND l.id = due.id"
    ),
    "for update of": "SELECT 1 FROM leads l WHERE l.tenant_id = $1 FOR UPDATE OF l",
    "insert": "INSERT INTO leads (tenant_id, name) VALUES ($1, $2), ($1, $3)",
    "insert cast": "INSERT INTO leads (name, tenant_id) VALUES ($2, $1::int) RETURNING id",
    "insert select": "INSERT INTO leads (tenant_id, name) SELECT $1, x FROM unnest($2::text[]) AS x",
    "insert select of a tied row": (
        "INSERT INTO clients (tenant_id, lead_id) SELECT l.tenant_id, l.id FROM leads l WHERE l.tenant_id = $1"
    ),
    "insert into tenants": "INSERT INTO tenants (id, name) VALUES ($1, $2)",
    "on conflict": (
        "INSERT INTO leads AS l (tenant_id, id, name) VALUES ($1, $2, $3)"
        " ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name WHERE l.name <> excluded.name"
    ),
    "data-modifying cte": (
        "WITH gone AS (DELETE FROM leads WHERE tenant_id = $1 RETURNING tenant_id, id)"
        " INSERT INTO clients (tenant_id, lead_id) SELECT gone.tenant_id, gone.id FROM gone"
    ),
    "tied sub-selects in ON and in a function item": (
        "SELECT 1 FROM unnest((SELECT array_agg(s.id) FROM stages s WHERE s.tenant_id = $1)) AS u JOIN leads l"
        " ON l.tenant_id = $1 AND EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = l.tenant_id)"
    ),
    "exempt table": "SELECT tenant_id FROM directory WHERE key_hash = $1",
    "exempt schema": "SELECT count(*) FROM jobs.procrastinate_jobs",
    "public": "SELECT 1 FROM public.leads WHERE tenant_id = $1",
    "function of the tenant": "SELECT s.id FROM search_leads($1, $2) AS s",
    "no table": "SELECT pg_advisory_xact_lock($1, $2)",
}

REFUSED = {
    "no filter": "SELECT id FROM leads",
    "comment": "SELECT id FROM leads -- WHERE tenant_id = $1",
    "block comment": "SELECT id FROM leads /* WHERE tenant_id = $1 */ WHERE id = $1",
    "string": "SELECT 'tenant_id = $1' FROM leads WHERE id = $1",
    "other parameter": "SELECT id FROM leads WHERE tenant_id = $2",
    "constant": "SELECT id FROM leads WHERE tenant_id = 1",
    "inequality": "SELECT id FROM leads WHERE tenant_id >= $1",
    "negation": "SELECT id FROM leads WHERE NOT (tenant_id = $1)",
    "or": "SELECT id FROM leads WHERE tenant_id = $1 OR id = $2",
    "or true inside and": "SELECT id FROM leads WHERE name = $2 AND (tenant_id = $1 OR true)",
    "parameter equals itself": "SELECT id FROM leads WHERE $1 = $1",
    "column equals itself": "SELECT id FROM leads l WHERE l.tenant_id = l.tenant_id",
    "in list": "SELECT id FROM leads WHERE tenant_id IN ($1, $2)",
    "in list of one": "SELECT id FROM leads WHERE tenant_id IN ($1)",
    "any": "SELECT id FROM leads WHERE tenant_id = ANY ($1)",
    "not distinct": "SELECT id FROM leads WHERE tenant_id IS NOT DISTINCT FROM $1",
    "between": "SELECT id FROM leads WHERE tenant_id BETWEEN $1 AND $1",
    "coalesce": "SELECT id FROM leads WHERE tenant_id = coalesce($1, tenant_id)",
    "case": "SELECT id FROM leads WHERE CASE WHEN true THEN tenant_id = $1 END",
    "wrong column": "SELECT id FROM leads WHERE id = $1",
    "having": "SELECT tenant_id FROM leads GROUP BY tenant_id HAVING tenant_id = $1",
    "selected, not filtered": "SELECT tenant_id = $1 FROM leads",
    "tenants by tenant_id": "SELECT name FROM tenants WHERE tenant_key = $1",
    "tenants unfiltered": "SELECT id FROM tenants",
    "join forgets the second": "SELECT 1 FROM leads l JOIN clients c ON c.lead_id = l.id WHERE l.tenant_id = $1",
    "join forgets the first": "SELECT 1 FROM leads l JOIN clients c ON c.lead_id = l.id AND c.tenant_id = $1",
    "join on another key": "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = l.id WHERE l.tenant_id = $1",
    "equal to each other only": "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = l.tenant_id",
    "comma join": "SELECT 1 FROM leads l, clients c WHERE l.tenant_id = $1",
    "cross join": "SELECT 1 FROM leads l CROSS JOIN clients c WHERE l.tenant_id = $1",
    "natural join": "SELECT 1 FROM leads l NATURAL JOIN clients c WHERE l.tenant_id = $1",
    "using another column": "SELECT 1 FROM leads l JOIN clients c USING (id) WHERE l.tenant_id = $1",
    "left join without tenant in ON": "SELECT 1 FROM leads l LEFT JOIN clients c ON c.lead_id = l.id WHERE l.tenant_id = $1",
    "left join filters the kept side in ON": (
        "SELECT 1 FROM leads l LEFT JOIN clients c ON l.tenant_id = $1 AND c.tenant_id = $1"
    ),
    "right join filters the kept side in ON": (
        "SELECT 1 FROM leads l RIGHT JOIN clients c ON c.tenant_id = $1 AND l.tenant_id = $1"
    ),
    "full join": "SELECT 1 FROM leads l FULL JOIN clients c ON l.tenant_id = $1 AND c.tenant_id = $1",
    "or in ON": "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = l.tenant_id OR c.id = 1 WHERE l.tenant_id = $1",
    "aliased join": "SELECT 1 FROM (leads l JOIN clients c ON c.tenant_id = l.tenant_id) AS j WHERE j.tenant_id = $1",
    "same table twice": "SELECT 1 FROM leads a JOIN leads b ON b.id = a.client_id WHERE a.tenant_id = $1",
    "alias of the outer level": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND EXISTS (SELECT 1 FROM clients c WHERE l.tenant_id = $1)"
    ),
    "exists without tenant": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND EXISTS (SELECT 1 FROM clients c WHERE c.lead_id = l.id)"
    ),
    "nested exists without tenant": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = $1"
        " AND EXISTS (SELECT 1 FROM stages s WHERE s.id = l.stage_id))"
    ),
    "tied only inside an exists": (
        "SELECT 1 FROM leads l WHERE EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = $1 AND l.tenant_id = $1)"
    ),
    "correlated to an untied row": (
        "SELECT 1 FROM leads l WHERE l.id = $2 AND EXISTS (SELECT 1 FROM clients c WHERE c.tenant_id = l.tenant_id)"
    ),
    "in sub-select": "SELECT 1 FROM leads WHERE tenant_id = $1 AND id IN (SELECT lead_id FROM clients)",
    "sub-select in the target list": "SELECT (SELECT max(id) FROM clients) FROM leads WHERE tenant_id = $1",
    "sub-select in order by": "SELECT 1 FROM leads WHERE tenant_id = $1 ORDER BY (SELECT max(id) FROM clients)",
    "sub-select in a function item": (
        "SELECT 1 FROM leads l, unnest((SELECT array_agg(id) FROM clients)) AS u WHERE l.tenant_id = $1"
    ),
    "sub-select in ON": (
        "SELECT 1 FROM leads l JOIN clients c ON c.tenant_id = $1 AND EXISTS (SELECT 1 FROM stages) WHERE l.tenant_id = $1"
    ),
    "derived table": "SELECT d.id FROM (SELECT id FROM leads) AS d",
    "filter outside the derived table": "SELECT d.id FROM (SELECT tenant_id, id FROM leads) AS d WHERE d.tenant_id = $1",
    "false tenant of a derived table": (
        "SELECT 1 FROM (SELECT l.id AS tenant_id FROM leads l WHERE l.tenant_id = $1) AS d"
        " JOIN clients c ON c.tenant_id = d.tenant_id"
    ),
    "lateral": (
        "SELECT 1 FROM leads l, LATERAL (SELECT c.id FROM clients c WHERE c.lead_id = l.id) x WHERE l.tenant_id = $1"
    ),
    "cte": "WITH mine AS (SELECT * FROM leads) SELECT id FROM mine WHERE tenant_id = $1",
    "cte joined to an unfiltered table": (
        "WITH mine AS (SELECT id FROM leads WHERE tenant_id = $1) SELECT 1 FROM mine JOIN clients c ON c.lead_id = mine.id"
    ),
    "unused cte": "WITH spare AS (SELECT id FROM clients) SELECT id FROM leads WHERE tenant_id = $1",
    "cte cannot shadow an update's target": ("WITH leads AS (SELECT 1 AS id) UPDATE leads SET name = $2 WHERE id = $1"),
    "cte cannot shadow a qualified table": "WITH leads AS (SELECT 1 AS id) SELECT 1 FROM public.leads",
    "recursive arm": (
        "WITH RECURSIVE up AS (SELECT tenant_id, id FROM stages WHERE tenant_id = $1 UNION ALL"
        " SELECT s.tenant_id, s.id FROM stages s JOIN up ON s.parent_id = up.id) SELECT id FROM up"
    ),
    "recursive arm that changes the tenant": (
        "WITH RECURSIVE up AS (SELECT tenant_id, id FROM stages WHERE tenant_id = $1 UNION ALL"
        " SELECT up.tenant_id + 1, s.id FROM stages s JOIN up ON s.tenant_id = up.tenant_id) SELECT id FROM up"
    ),
    "union's second arm": "SELECT id FROM leads WHERE tenant_id = $1 UNION SELECT id FROM clients",
    "tenant of one union arm": (
        "SELECT 1 FROM (SELECT tenant_id FROM leads WHERE tenant_id = $1 UNION SELECT $2) d"
        " JOIN clients c ON c.tenant_id = d.tenant_id"
    ),
    "update": "UPDATE leads SET name = $1",
    "update from": "UPDATE leads l SET name = c.name FROM clients c WHERE l.tenant_id = $1 AND c.lead_id = l.id",
    "update's own table": "UPDATE leads l SET name = c.name FROM clients c WHERE c.tenant_id = $1 AND c.lead_id = l.id",
    "update from a sub-select": ("UPDATE leads SET name = (SELECT name FROM clients LIMIT 1) WHERE tenant_id = $1"),
    "update moves a row to a tenant": "UPDATE leads SET tenant_id = $2 WHERE tenant_id = $1",
    "delete": "DELETE FROM leads WHERE id = $1",
    "delete using": "DELETE FROM leads l USING clients c WHERE l.tenant_id = $1 AND c.lead_id = l.id",
    "returning a sub-select": "DELETE FROM leads WHERE tenant_id = $1 RETURNING (SELECT max(id) FROM clients)",
    "insert without the column": "INSERT INTO leads (name) VALUES ($1)",
    "insert without columns": "INSERT INTO leads VALUES ($1, $2)",
    "insert of another value": "INSERT INTO leads (tenant_id, name) VALUES ($2, $1)",
    "insert's second row": "INSERT INTO leads (tenant_id, name) VALUES ($1, $2), ($2, $3)",
    "insert default": "INSERT INTO leads (tenant_id, name) VALUES (DEFAULT, $1)",
    "insert default values": "INSERT INTO leads DEFAULT VALUES",
    "insert select of an untied tenant": "INSERT INTO leads (tenant_id, name) SELECT tenant_id, name FROM clients",
    "insert select reads another table": "INSERT INTO leads (tenant_id, name) SELECT $1, name FROM clients",
    "insert tenant": "INSERT INTO tenants (name) VALUES ($1)",
    "on conflict assigns the tenant": (
        "INSERT INTO leads (tenant_id, id) VALUES ($1, $2) ON CONFLICT (tenant_id, id) DO UPDATE SET tenant_id = $3"
    ),
    "on conflict sub-select": (
        "INSERT INTO leads (tenant_id, id) VALUES ($1, $2) ON CONFLICT (tenant_id, id)"
        " DO UPDATE SET name = (SELECT max(name) FROM clients)"
    ),
    "data-modifying cte": "WITH gone AS (DELETE FROM leads RETURNING id) SELECT id FROM gone",
    "join to an exempt table's tenant": "SELECT 1 FROM outbox_signals s JOIN leads l ON l.tenant_id = s.tenant_id",
    "partition": "SELECT 1 FROM events_0",
    "table made like another": "SELECT 1 FROM copies",
    "column added later": "SELECT 1 FROM late",
    "unknown table": "SELECT 1 FROM nowhere WHERE tenant_id = $1",
    "table without tenant and without reason": "SELECT 1 FROM countries",
    "another schema": "SELECT 1 FROM other.leads WHERE tenant_id = $1",
    "renamed columns": "SELECT 1 FROM leads AS l (id, tenant_id) WHERE l.tenant_id = $1",
    "a join's alias taken for one around it": (
        "SELECT 1 FROM leads j WHERE j.tenant_id = $1 AND EXISTS (SELECT 1 FROM (stages a JOIN stages b"
        " ON a.tenant_id = $1 AND b.tenant_id = $1) AS j JOIN clients c ON c.tenant_id = j.tenant_id)"
    ),
    "a function's column taken for one around it": (
        "SELECT 1 FROM leads l WHERE l.tenant_id = $1 AND EXISTS (SELECT 1 FROM"
        " (SELECT tenant_id FROM anything($2) AS f) d JOIN clients c ON c.tenant_id = d.tenant_id)"
    ),
    "a star after USING counted in the wrong order": (
        "INSERT INTO leads (tenant_id, id) SELECT * FROM clients a JOIN stages b USING (id)"
        " WHERE a.tenant_id = $1 AND b.tenant_id = $1"
    ),
    "merge": "MERGE INTO leads l USING clients c ON l.tenant_id = $1 WHEN MATCHED THEN DO NOTHING",
    "select into": "SELECT id INTO other FROM leads WHERE tenant_id = $1",
    "truncate": "TRUNCATE leads",
    "two statements": "SELECT 1 FROM leads WHERE tenant_id = $1; SELECT 1 FROM leads WHERE tenant_id = $1",
    "syntax error": "SELEC 1",
}


@pytest.mark.parametrize("sql", ACCEPTED.values(), ids=ACCEPTED)
def test_a_statement_tied_to_the_tenant_is_accepted(sql: str) -> None:
    assert violations(sql, SCHEMA) == []


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_a_statement_not_tied_to_the_tenant_is_refused(sql: str) -> None:
    assert violations(sql, SCHEMA)


def test_the_first_parameter_ties_nothing_unless_it_is_the_tenant() -> None:
    assert violations("SELECT id FROM leads WHERE tenant_id = $1", SCHEMA, tenant_bound=False)


def test_a_violation_names_the_relation_and_its_alias() -> None:
    sql = "SELECT 1 FROM leads l LEFT JOIN clients c ON c.lead_id = l.id WHERE l.tenant_id = $1"
    assert violations(sql, SCHEMA) == ["clients AS c is not tied to the tenant"]

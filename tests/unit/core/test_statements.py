"""The loader of `queries.sql`: parameters, headers, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.statements import Statement, StatementError, Statements, load_statements, parse_statements, sibling_statements

FIND = """
-- name: find_by_phone
-- One lead of the tenant by its match key.
SELECT l.id FROM leads AS l WHERE l.match_key = :match_key AND l.tenant_id = :tenant_id;
"""


def parse(text: str) -> Statements:
    return parse_statements(text, Path("slice/queries.sql"))


def one(sql: str) -> Statement:
    return parse(f"-- name: it\n-- What it does.\n{sql}")["it"]


def scoped(condition: str) -> Statement:
    return one(f"SELECT 1 FROM leads WHERE tenant_id = :tenant_id AND {condition}")


def test_a_statement_carries_its_name_sql_description_and_source(tmp_path: Path) -> None:
    path = tmp_path / "queries.sql"
    path.write_text(FIND, encoding="utf-8")
    statement = load_statements(path)["find_by_phone"]
    assert statement.name == "find_by_phone"
    assert statement.sql == "SELECT l.id FROM leads AS l WHERE l.match_key = $2 AND l.tenant_id = $1"
    assert statement.parameters == ("tenant_id", "match_key")
    assert statement.description == "One lead of the tenant by its match key."
    assert statement.source == f"{path}:2"
    assert statement.cross_tenant_reason is None


def test_sibling_statements_reads_the_file_beside_the_module(tmp_path: Path) -> None:
    (tmp_path / "queries.sql").write_text(FIND, encoding="utf-8")
    assert list(sibling_statements(str(tmp_path / "repository.py"))) == ["find_by_phone"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match=r"queries\.sql: cannot be read"):
        sibling_statements(str(tmp_path / "repository.py"))


def test_statements_keep_the_order_of_the_file_and_count() -> None:
    second = FIND.replace("find_by_phone", "also_find")
    statements = parse(FIND + second)
    assert list(statements) == ["find_by_phone", "also_find"]
    assert len(statements) == 2
    assert "also_find" in statements
    assert "nothing" not in statements


def test_an_unknown_name_is_an_error_that_names_the_file_and_what_it_has() -> None:
    with pytest.raises(StatementError, match=r"slice/queries.sql has no statement named 'gone'.*find_by_phone"):
        parse(FIND)["gone"]


def test_a_description_may_span_lines() -> None:
    text = "-- name: it\n-- Says one thing\n--\n-- and another.\nSELECT 1 FROM leads WHERE tenant_id = :tenant_id"
    assert parse(text)["it"].description == "Says one thing and another."


def test_a_file_may_open_with_comments_and_be_empty_of_statements() -> None:
    assert list(parse("-- The statements of this slice.\n\n")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1;\n" + FIND, "SQL before the first"),
        ("SELECT 1;", "SQL before the first"),
        (FIND + FIND, "already defined at slice/queries.sql:2"),
        (FIND.replace("find_by_phone", ""), "needs a name in snake_case"),
        (FIND.replace("find_by_phone", "FindByPhone"), "needs a name in snake_case"),
        ("-- name: it\nSELECT 1 FROM leads WHERE tenant_id = :tenant_id", "no description"),
        ("-- name: it\n-- cross-tenant: because\nSELECT 1 FROM leads", "no description"),
        ("-- name: it\n-- Says.\n-- cross-tenant:\nSELECT 1 FROM leads", "without a reason"),
        ("-- name: it\n-- Says.\n", "has no SQL"),
        ("-- name: it\n-- Says.\n-- and only talks;", "has no SQL"),
        ("-- name: it\n-- Says.\n/* nothing */ ;", "has no SQL"),
    ],
)
def test_a_malformed_file_does_not_load(text: str, message: str) -> None:
    with pytest.raises(StatementError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id; DELETE FROM leads", "more than one statement"),
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id;;", "more than one statement"),
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id AND id = $2", r"uses \$2: parameters are named"),
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id AND name = 'open", "unbalanced or nested '"),
        ('SELECT 1 FROM leads WHERE tenant_id = :tenant_id AND "open = 1', 'unbalanced or nested "'),
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id AND a = $tag$ open", r"unbalanced or nested \$tag\$"),
        ("SELECT 1 /* a /* b */ */ FROM leads WHERE tenant_id = :tenant_id", r"unbalanced or nested \*/"),
        ("SELECT 1 FROM leads WHERE tenant_id = :tenant_id /* open", r"unbalanced or nested /\*"),
    ],
)
def test_sql_that_cannot_be_read_safely_does_not_load(sql: str, message: str) -> None:
    with pytest.raises(StatementError, match=message):
        one(sql)


@pytest.mark.parametrize(
    "condition",
    [
        "a::text = 'x'",
        "a = ':not_this'",
        "a = 'it''s :not_this'",
        r"a = E'it\'s :not_this'",
        'a = "odd:not_this"',
        "a = $$ :not_this $$",
        "a = $tag$ :not_this $$ $tag$",
        "a = 1 -- :not_this",
        "a = 1 /* :not_this\n :nor_this */",
        "f(a := 1)",
        "b[1:2] IS NULL",
    ],
)
def test_only_parameters_outside_literals_comments_and_casts_are_replaced(condition: str) -> None:
    assert scoped(condition).parameters == ("tenant_id",)


def test_literals_reach_the_server_unchanged() -> None:
    assert "a = $tag$ :x; -- y $tag$ AND b = ':z'" in scoped("a = $tag$ :x; -- y $tag$ AND b = ':z'").sql


def test_a_parameter_used_twice_has_one_number_and_casts_stay() -> None:
    statement = scoped("(:day::date IS NULL OR day = :day::date) AND name = :name")
    assert statement.parameters == ("tenant_id", "day", "name")
    assert statement.sql.endswith("($2::date IS NULL OR day = $2::date) AND name = $3")


def test_a_dollar_inside_an_identifier_is_not_a_quote() -> None:
    assert scoped("odd$name$ = :value").parameters == ("tenant_id", "value")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM leads AS l WHERE l.tenant_id = :tenant_id",
        "SELECT 1 FROM leads WHERE :tenant_id = tenant_id",
        "SELECT 1 FROM leads AS l WHERE :tenant_id::int = l.tenant_id",
        "UPDATE leads SET name = :name WHERE tenant_id=:tenant_id",
        "DELETE FROM leads WHERE tenant_id = :tenant_id",
        "INSERT INTO leads (tenant_id, name) VALUES (:tenant_id, :name)",
        "INSERT INTO leads AS l (tenant_id, name) SELECT :tenant_id, x FROM unnest(:names::text[]) AS x",
        "INSERT INTO tenants (id, name) VALUES (:tenant_id, :name)",
        "SELECT t.name FROM tenants AS t WHERE t.id = :tenant_id",
        "SELECT s.id FROM search_leads(:tenant_id, :query) AS s",
        "SELECT pg_advisory_xact_lock(:tenant_id, :key)",
    ],
)
def test_statements_that_bind_the_tenant_load(sql: str) -> None:
    assert one(sql).wants_tenant


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM leads",
        "SELECT tenant_id FROM leads WHERE id = :id",
        "SELECT 1 FROM leads WHERE id = :tenant_id",
        "SELECT 1 FROM leads WHERE tenant_id = :tenant",
        "SELECT 1 FROM leads WHERE tenant_id <> :tenant_id",
        "SELECT 1 FROM leads -- WHERE tenant_id = :tenant_id",
        "SELECT 1 FROM leads /* WHERE tenant_id = :tenant_id */",
        "SELECT 'tenant_id = :tenant_id' FROM leads",
        "SELECT $$tenant_id = :tenant_id$$ FROM leads",
        'SELECT 1 AS "tenant_id = :tenant_id" FROM leads',
        "INSERT INTO leads (name) VALUES (:tenant_id)",
        "INSERT INTO leads (tenant_id, name) VALUES (:other, :name)",
        "INSERT INTO tenants (id, name) VALUES (:other, :tenant_id)",
        "UPDATE leads SET name = :name",
        "DELETE FROM leads",
    ],
)
def test_statements_without_the_tenant_filter_do_not_load(sql: str) -> None:
    with pytest.raises(StatementError, match="does not bind tenant_id"):
        one(sql)


def test_a_marked_statement_loads_without_the_filter_and_keeps_its_reason() -> None:
    text = "-- name: due\n-- Due.\n-- cross-tenant: the relay wakes for all\nSELECT tenant_id FROM outbox_signals"
    statement = parse(text)["due"]
    assert statement.cross_tenant_reason == "the relay wakes for all"
    assert not statement.wants_tenant
    assert statement.arguments(None, {}) == ()


def test_arguments_put_the_tenant_first_and_the_rest_in_order() -> None:
    statement = one("SELECT 1 FROM leads WHERE a = :a AND b = :b AND tenant_id = :tenant_id")
    assert statement.arguments(7, {"b": "B", "a": "A"}) == (7, "A", "B")


@pytest.mark.parametrize("params", [{}, {"a": 1, "b": 2}, {"b": 2}, {"a": 1, "tenant_id": 8}])
def test_missing_and_unknown_parameters_are_refused(params: dict[str, object]) -> None:
    with pytest.raises(StatementError, match=r"missing parameters .* unknown"):
        scoped("a = :a").arguments(7, params)


@pytest.mark.parametrize("tenant", [None, True, "7", 7.0])
def test_a_tenant_that_is_not_an_int_is_refused(tenant: object) -> None:
    with pytest.raises(StatementError, match="must be an int"):
        scoped("a = 1").arguments(tenant, {})  # pyright: ignore[reportArgumentType]


@given(st.text(alphabet=st.characters(exclude_characters="\x00")))
def test_no_quoted_text_becomes_a_parameter(text: str) -> None:
    literal = text.replace("'", "''")
    statement = scoped(f"a = '{literal}' AND b = :b")
    assert statement.parameters == ("tenant_id", "b")
    assert f"'{literal}'" in statement.sql

"""What the two roles may do, and what the database offers them."""

from pathlib import Path

import pytest

from nexus.servers.errors import ServersError
from nexus.servers.launch import servers
from tests.integration.servers.asking import ask, execute
from tests.support.servers import Database


def test_the_app_role_is_neither_owner_nor_superuser_nor_exempt_from_row_security(database: Database) -> None:
    rights = "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication FROM pg_roles"
    assert ask(database.app_url, rights + " WHERE rolname = current_user") is False
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert ask(database.app_url, owner) == "nexus_owner"
    assert ask(database.app_url, "SELECT pg_has_role('nexus_app', 'nexus_owner', 'MEMBER')") is False
    assert ask(database.app_url, "SELECT has_schema_privilege('public', 'CREATE')") is False


def test_row_security_binds_the_app_and_not_the_owner(database: Database) -> None:
    execute(
        database.owner_url,
        "CREATE TABLE guarded AS SELECT 1 AS id; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;"
        "ALTER TABLE guarded FORCE ROW LEVEL SECURITY; GRANT SELECT ON guarded TO nexus_app",
    )
    assert ask(database.app_url, "SELECT count(*) FROM guarded") == 0
    assert ask(database.owner_url, "SELECT count(*) FROM guarded") == 1


def test_the_owner_role_is_no_superuser(database: Database) -> None:
    rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication FROM pg_roles"
    assert ask(database.owner_url, rights + " WHERE rolname = current_user") is False


def test_extensions_are_there_for_the_owner_to_use(database: Database) -> None:
    names = "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"
    assert ask(database.owner_url, names) == "btree_gist,pg_trgm,vector"


def test_text_sorts_alike_on_every_machine(database: Database) -> None:
    query = "SELECT datlocprovider::text || datlocale || pg_encoding_to_char(encoding) FROM pg_database"
    assert ask(database.app_url, f"{query} WHERE datname = current_database()") == "bC.UTF-8UTF8"


def test_a_wrong_password_is_refused(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False) as running:
        wrong = running.app_url.replace("nexus_app:", "nexus_app:x", 1)
        with pytest.raises(ServersError, match=r"secrets\.json"):
            ask(wrong, "SELECT 1")

"""`nexus doctor` on real servers: each thing that can be wrong is named, and what is right is not."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from nexus.cli import examinations
from nexus.cli.examinations import look
from nexus.cli.findings import Finding, look_at_addresses, look_at_files, read_all_settings
from nexus.servers.bootstrap import connected
from tests.support import servers
from tests.support.api import settings_for

KEY = base64.b64encode(b"k" * 32).decode()
SHORT = base64.b64encode(b"k" * 31).decode()


@pytest.fixture
def good(database: servers.Database, redis_url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database.app_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "REDIS_URL": redis_url,
        "NEXUS_VAULT_KEYS": f"k1:{KEY}",
        "NEXUS_JWT_KEYS": f"k1:{KEY}",
        "NEXUS_DIRECTORY_KEY": KEY,
        "NEXUS_AUDIT_KEYS": f"k1:{KEY}",
        "NEXUS_AUDIT_CHECKPOINTS": "/var/lib/nexus/heads",
    }


def doctor(environment: dict[str, str], state: Path) -> tuple[int, list[Finding]]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("NEXUS_", "DATABASE", "REDIS"))}
    command = [sys.executable, "-m", "nexus.cli.main", "doctor", "--json", "--state", str(state)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, env=ours | environment)
    assert done.stderr == ""
    assert KEY not in done.stdout
    return done.returncode, msgspec.json.decode(done.stdout, type=list[Finding])


def wrongs(findings: list[Finding]) -> dict[str, str]:
    return {finding.what: finding.wrong for finding in findings if finding.wrong}


def test_a_good_configuration_has_nothing_wrong(good: dict[str, str], tmp_path: Path) -> None:
    code, findings = doctor(good, tmp_path / "none")
    assert (code, wrongs(findings)) == (0, {})
    assert [finding.what for finding in findings] == [
        "settings", "vault keys", "session keys", "audit keys and checkpoints", "public address",
        "database and its role", "schema", "clock", "owner's role", "Redis",
    ]  # fmt: skip


WRONG = [
    ({"NEXUS_VAULT_KEYS": ""}, "settings", "NEXUS_VAULT_KEYS is not set"),
    ({"NEXUS_VAULT_KEYS": f"k1:{SHORT}"}, "vault keys", "has 31 bytes, 32 are needed"),
    ({"NEXUS_JWT_KEYS": ""}, "session keys", "NEXUS_JWT_KEYS is not set"),
    ({"NEXUS_JWT_KEYS": f"k1:{SHORT}"}, "session keys", "has 31 bytes"),
    ({"NEXUS_AUDIT_KEYS": ""}, "audit keys and checkpoints", "NEXUS_AUDIT_KEYS is not set"),
    ({"NEXUS_AUDIT_KEYS": f"k1:{SHORT}"}, "audit keys and checkpoints", "has 31 bytes"),
    ({"NEXUS_AUDIT_CHECKPOINTS": ""}, "audit keys and checkpoints", "NEXUS_AUDIT_CHECKPOINTS is not set"),
    ({"NEXUS_DIRECTORY_KEY": SHORT}, "settings", "NEXUS_DIRECTORY_KEY has 31 bytes"),
    ({"NEXUS_EGRESS_ALLOW": "http://x"}, "settings", "NEXUS_EGRESS_ALLOW"),
    ({"NEXUS_SMTP_HOST": "mail.example"}, "settings", "NEXUS_SMTP_FROM"),
    ({"REDIS_URL": "redis://:hidden@127.0.0.1:1/0"}, "Redis", "REDIS_URL: 127.0.0.1:1 does not answer"),
    ({"DATABASE_URL": "postgresql://a:hidden@127.0.0.1:1/x"}, "database and its role", "127.0.0.1:1 cannot be"),
    ({"NEXUS_PUBLIC_URL": "http://crm.example"}, "public address", "Use https"),
    (
        {"NEXUS_PUBLIC_URL": "https://crm.example", "NEXUS_ALLOWED_ORIGINS": "https://other.example"},
        "public address",
        "nobody can log in",
    ),
]


# Each starts the command anew: the others take minutes together.
@pytest.mark.parametrize(
    ("changed", "what", "said"),
    [*WRONG[:3], *(pytest.param(*each, marks=pytest.mark.slow) for each in WRONG[3:])],
)
def test_what_is_wrong_is_named(
    good: dict[str, str], tmp_path: Path, changed: dict[str, str], what: str, said: str
) -> None:
    code, findings = doctor(good | changed, tmp_path / "none")
    assert code == 1
    assert said in wrongs(findings)[what]
    assert len(wrongs(findings)) == 1
    assert "hidden" not in repr(findings)


def test_every_wrong_setting_is_named_at_once() -> None:
    settings, findings, replaced = read_all_settings({"NEXUS_TRUSTED_PROXIES": "x", "NEXUS_EGRESS_ALLOW": "a/b"})
    assert settings is not None
    assert {"DATABASE_URL", "REDIS_URL", "NEXUS_VAULT_KEYS", "NEXUS_DIRECTORY_KEY", "NEXUS_EGRESS_ALLOW"} <= replaced
    assert len(findings) == len(replaced) == 6


@pytest.mark.parametrize("role", ["owner", "superuser"])
async def test_a_powerful_service_role_is_named(database: servers.Database, role: str) -> None:
    url = database.owner_url if role == "owner" else database.superuser_url
    found = await look("role", examinations.service_role(url))
    assert "row level security does not bind" in str(found.wrong)


async def test_an_owner_that_is_none_is_named(database: servers.Database) -> None:
    assert (await look("owner", examinations.owner_role(database.owner_url))).wrong is None
    assert "does not own" in str((await look("owner", examinations.owner_role(database.app_url))).wrong)
    assert (await look("owner", examinations.owner_role(database.superuser_url))).wrong is not None


async def test_an_older_a_newer_and_an_altered_schema_are_named(database: servers.Database) -> None:
    async def after(change: str) -> str | None:
        async with connected(database.owner_url) as owner:
            await owner.execute(change)
        return (await look("schema", examinations.schema(database.app_url))).wrong

    assert await after("SELECT 1") is None
    assert "patch 999" in str(await after("INSERT INTO schema_patches (number, name, checksum) VALUES (999, 'x', 'y')"))
    assert "patch 36 (directory holds join codes) waits" in str(
        await after("DELETE FROM schema_patches WHERE number = 36")
    )
    assert "patch 35 was changed" in str(await after("UPDATE schema_patches SET checksum = 'z' WHERE number = 35"))
    assert "nexus migrate" in str(await after("DROP TABLE schema_patches"))


@pytest.mark.parametrize(("seconds", "wrong"), [(0, False), (4, False), (60, True), (-60, True)])
async def test_a_clock_that_is_off_is_named(database: servers.Database, seconds: int, wrong: bool) -> None:
    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=seconds)

    found = await look("clock", examinations.clock(database.app_url, now))
    assert (found.wrong is not None) is wrong


def test_files_that_others_can_read_are_named(tmp_path: Path) -> None:
    assert look_at_files(tmp_path / "none") == []
    tmp_path.chmod(0o700)
    secrets = tmp_path / "secrets.json"
    secrets.touch(0o600)
    assert look_at_files(tmp_path) == [Finding("key files")]
    secrets.chmod(0o640)
    assert "secrets.json is open to other users" in str(look_at_files(tmp_path)[0].wrong)
    tmp_path.chmod(0o755)
    assert len(look_at_files(tmp_path)) == 2


@pytest.mark.parametrize(
    ("url", "origins", "wrong", "advice"),
    [
        ("http://127.0.0.1:8000", ("http://127.0.0.1:8000",), 0, 0),
        ("http://localhost:8000", ("http://localhost:8000",), 0, 0),
        ("https://crm.example", ("https://crm.example",), 0, 1),
        ("https://crm.example/app", ("https://crm.example",), 1, 1),
        ("crm.example", ("https://crm.example",), 1, 0),
        ("http://10.0.0.1", ("http://10.0.0.1", "10.0.0.2"), 2, 0),
    ],
)
def test_an_address_at_which_cookies_would_not_work_is_named(
    database: servers.Database, url: str, origins: tuple[str, ...], wrong: int, advice: int
) -> None:
    settings = replace(settings_for(database, "redis://"), public_url=url, allowed_origins=origins)
    findings = look_at_addresses(settings)
    assert sum(finding.wrong is not None for finding in findings) == wrong
    assert sum(finding.advice is not None for finding in findings) == advice

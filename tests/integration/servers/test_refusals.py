"""Each service, as a process of its own, refuses to start on keys or roles that it must not work with."""

from __future__ import annotations

import base64
import os
import subprocess
import sys

import pytest

from tests.support import servers

KEY = base64.b64encode(b"Q" * 32).decode()
SHORT = base64.b64encode(b"Q" * 31).decode()
PROGRAMS = {
    "api": ("-m", "uvicorn", "--factory", "orchestrator_service.serving:app", "--port", "0"),
    "whatsapp": ("-m", "uvicorn", "--factory", "whatsapp_service.main:app", "--port", "0"),
    "worker": ("-m", "nexus.worker"),
}


def refused(program: str, url: str, **changed: str) -> str:
    """What the process says before it gives up."""
    good = {
        "DATABASE_URL": url,
        "REDIS_URL": "redis://127.0.0.1:1",
        "NEXUS_VAULT_KEYS": f"k1:{KEY}",
        "NEXUS_JWT_KEYS": f"k1:{KEY}",
        "NEXUS_DIRECTORY_KEY": KEY,
        "NEXUS_AUDIT_KEYS": f"k1:{KEY}",
        "NEXUS_AUDIT_CHECKPOINTS": os.devnull,
    }
    environment = {"PATH": os.defpath, **good, **changed}
    done = subprocess.run(
        [sys.executable, *PROGRAMS[program]], check=False, capture_output=True, text=True, timeout=60, env=environment
    )
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("", "NEXUS_VAULT_KEYS"),
        pytest.param(" , ", "the keyring is empty", marks=pytest.mark.slow),
        pytest.param(f"k1:{SHORT}", "has 31 bytes, 32 are needed", marks=pytest.mark.slow),
        pytest.param(KEY, "not of the form kid:base64", marks=pytest.mark.slow),
        pytest.param(f"fernet:old:{KEY}", "the keyring is empty", marks=pytest.mark.slow),
    ],
    ids=["none", "empty", "short", "nameless", "only a legacy key"],
)
def test_without_a_good_vault_key_it_does_not_start(
    database: servers.Database, program: str, keys: str, said: str
) -> None:
    heard = refused(program, database.app_url, NEXUS_VAULT_KEYS=keys)
    assert said in heard
    assert KEY not in heard
    assert SHORT not in heard


@pytest.mark.proof
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_as_a_role_that_row_level_security_does_not_bind_it_does_not_start(
    database: servers.Database, program: str, role: str
) -> None:
    url = database.owner_url if role == "owner" else database.superuser_url
    assert "row level security does not bind" in refused(program, url)

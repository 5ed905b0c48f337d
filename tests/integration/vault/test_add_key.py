"""`nexus vault add-key`: never while somebody runs who would not know the new key."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from core.credentials import Keyring, open_sealed, seal
from core.principal import TenantId
from core.secret import Secret
from nexus.instance.keys import installation_keys
from nexus.servers.state import hold

OURS = {name: value for name, value in os.environ.items() if name != "NEXUS_VAULT_KEYS"}


def add_key(state: Path, **told: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nexus.cli.main", "vault", "add-key", "--state", str(state)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, env=OURS | told)


def test_the_new_key_seals_and_the_old_ones_still_open(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with hold(state) as folder:
        before = Keyring.from_text(Secret(installation_keys(folder.secret, {}).vault))
        password = folder.secret("database_app_password", lambda: "kept")
    sealed = seal(before, Secret("x"), tenant_id=TenantId(1), name="n")
    for kid in ("k2", "k3"):
        done = add_key(state)
        assert done.returncode == 0, done.stderr
        assert f"Key {kid} is active" in done.stdout
    stored = msgspec.json.decode((state / "secrets.json").read_bytes(), type=dict[str, str])
    after = Keyring.from_text(Secret(stored["vault_keys"]))
    assert [key.kid for key in after.keys] == ["k3", "k2", "k1"]
    assert open_sealed(after, sealed, tenant_id=TenantId(1), name="n") == Secret("x")
    assert stored["database_app_password"] == password
    assert (state / "secrets.json").stat().st_mode & 0o077 == 0
    assert stored["vault_keys"].split(",")[0].partition(":")[2] not in done.stdout + done.stderr


def test_it_refuses_while_something_runs_and_where_the_keys_come_from_the_environment(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with hold(state) as folder:
        keys = installation_keys(folder.secret, {}).vault
        running = add_key(state)
        assert installation_keys(folder.secret, {}).vault == keys
    assert running.returncode == 1
    assert f"process {os.getpid()}" in running.stderr
    elsewhere = add_key(state, NEXUS_VAULT_KEYS=keys)
    assert elsewhere.returncode == 1
    assert "NEXUS_VAULT_KEYS" in elsewhere.stderr
    assert running.stderr.count("\n") == elsewhere.stderr.count("\n") == 1

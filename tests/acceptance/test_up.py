"""`nexus up`: everything with one command, and nothing of it left behind (PRODUCT §1.1, §1.2)."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import httpx
import msgspec
import pytest

from nexus.servers.state import read_runtime
from tests.acceptance.running import Up, environment_of, nexus, processes_of, until, up

PARTS = {"nexus", "postgres", "valkey", "api", "whatsapp", "worker", "simulator", "google"}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Generator[Up]:
    """One instance for the tests that only look."""
    with up(tmp_path_factory.mktemp("up") / "state") as running:
        yield running


def test_it_serves_the_api_the_webhooks_and_the_phone_page(started: Up) -> None:
    for name in ("api", "whatsapp", "simulator"):
        assert httpx.get(f"{started.runtime.urls[name]}/healthz", trust_env=False).status_code == 200
    page = httpx.get(started.line("phone:"), follow_redirects=True, trust_env=False)
    assert page.status_code == 200
    assert "<html" in page.text
    assert set(started.runtime.pids) == PARTS


def test_every_printed_login_works_and_gets_the_phone(started: Up) -> None:
    url = started.line("app:")
    roles: list[str] = []
    for line in started.said:
        if not line.startswith("login:"):
            continue
        _, role, email, password = line.split()
        with httpx.Client(base_url=url, headers={"Origin": url, "X-Nexus-CSRF": "1"}, trust_env=False) as client:
            assert client.post("/auth/login", json={"email": email, "password": password}).status_code == 204
            assert client.get("/auth/me").json()["user"]["role"] == role
            assert client.get("/demo/simulator").json()["url"] == started.line("phone:")
        roles.append(role)
    assert roles == ["ceo", "professional", "secretary", "setter", "closer"]


def test_the_printed_address_lists_the_logins_and_the_app_may_frame_the_phone(started: Up) -> None:
    url, fragment = started.line("open:").split("/login#demo=")
    with httpx.Client(base_url=url, headers={"Origin": url, "X-Nexus-CSRF": "1"}, trust_env=False) as client:
        listed = client.post("/demo/logins", json={"token": fragment}).json()["items"]
        assert [f"{one['role']} {one['email']} {one['password']}" for one in listed] == [
            line.removeprefix("login: ") for line in started.said if line.startswith("login:")
        ]
        assert client.post("/demo/logins", json={"token": "wrong"}).status_code == 403
    page = httpx.get(started.line("phone:"), follow_redirects=True, trust_env=False)
    assert page.status_code == 200
    port = started.runtime.ports["api"]
    allowed = f"frame-ancestors http://127.0.0.1:{port} http://localhost:{port}"
    assert page.headers["content-security-policy"].endswith(allowed)


def test_it_says_that_it_is_a_demo(started: Up) -> None:
    assert any(line.startswith("Demo mode") for line in started.said)


def test_no_process_knows_more_than_it_needs(started: Up) -> None:
    pids = started.runtime.pids
    told = {name: environment_of(pids[name]) for name in ("api", "whatsapp", "worker", "simulator")}
    for name, variables in told.items():
        assert not any("nexus_owner" in value for value in variables.values()), name
        assert "DATABASE_OWNER_URL" not in variables
    assert {name for name, variables in told.items() if "NEXUS_JWT_KEYS" in variables} == {"api"}
    assert {name for name, variables in told.items() if "NEXUS_AUDIT_KEYS" in variables} == {"worker"}
    assert {name for name, variables in told.items() if "NEXUS_PUSH_KEY" in variables} == {"worker"}
    assert {name for name, variables in told.items() if "NEXUS_PUSH_PUBLIC_KEY" in variables} == {"api"}
    assert {name for name, variables in told.items() if "NEXUS_AUDIT_CHECKPOINTS" in variables} == {"api", "worker"}
    assert {name for name, variables in told.items() if "NEXUS_DEMO" in variables} == {"api"}
    assert {name for name, variables in told.items() if "NEXUS_VAULT_KEYS" in variables} == {
        "api",
        "whatsapp",
        "worker",
    }
    assert "DATABASE_URL" not in told["simulator"]


def test_what_holds_secrets_is_for_the_owner_alone(started: Up) -> None:
    for name in ("secrets.json", "runtime.json", "simulator.json"):
        assert (started.state / name).stat().st_mode & 0o077 == 0, name


@pytest.mark.proof
def test_a_second_start_says_who_holds_the_state(started: Up) -> None:
    second = nexus("up", "--state", str(started.state))
    assert second.returncode == 1
    assert f"process {started.process.pid}" in second.stderr
    assert second.stderr.count("\n") == 1, "one line, no traceback"


@pytest.mark.proof
def test_other_commands_use_what_runs(started: Up) -> None:
    state = ("--state", str(started.state))
    assert nexus("status", *state).returncode == 0
    assert nexus("doctor", *state).returncode == 0
    companies = msgspec.json.decode(nexus("tenant", "list", "--json", *state).stdout)
    assert [(company["name"], company["mode"], company["people"]) for company in companies] == [
        ("Nexus Demo", "demo", 5)
    ]
    shown = nexus("psql", "--tenant", str(companies[0]["id"]), "-c", "SELECT name FROM sellers ORDER BY name", *state)
    assert "Laura Gómez" in shown.stdout
    refused = nexus("psql", "--tenant", "1", "-c", "UPDATE tenants SET name = 'x'", *state)
    assert refused.returncode != 0
    assert "read-only" in refused.stderr


def test_a_killed_service_comes_back(started: Up) -> None:
    before = started.runtime.pids["api"]
    os.kill(before, signal.SIGKILL)
    until(lambda: started.runtime.pids.get("api", before) != before, seconds=10)
    until(lambda: _serves(started.runtime.urls["api"]), seconds=15)


def test_ctrl_c_leaves_no_process_and_the_next_start_is_the_same_company(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with up(state) as first:
        pids = dict(first.runtime.pids)
        assert len(processes_of(state)) >= len(PARTS)
        assert first.interrupt() == 0
        logins = [line for line in first.said if line.startswith("login:")]
    assert processes_of(state) == {}
    assert [pid for pid in pids.values() if _exists(pid)] == []
    assert read_runtime(state) is None
    with up(state) as second:
        assert [line for line in second.said if line.startswith("login:")] == logins
        companies = msgspec.json.decode(nexus("tenant", "list", "--json", "--state", str(state)).stdout)
        assert len(companies) == 1


@pytest.mark.proof
@pytest.mark.parametrize("others", [("--no-demo",), ()])
def test_without_a_demo_of_this_machine_alone_there_is_no_door(
    tmp_path: Path, others: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not others:
        monkeypatch.setenv("NEXUS_PUBLIC_URL", "https://crm.example")
    with up(tmp_path / "state", *others) as running:
        url = running.line("app:")
        assert not any("#demo=" in line for line in running.said)
        assert "NEXUS_DEMO" not in environment_of(running.runtime.pids["api"])
        assert httpx.post(f"{url}/demo/logins", json={"token": "x"}, trust_env=False).status_code == 404


@pytest.mark.proof
def test_killing_it_ends_everything_it_started(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with up(state) as running:
        assert len(processes_of(state)) >= len(PARTS)
        running.process.kill()
        running.process.wait()
        until(lambda: processes_of(state) == {}, seconds=12)


def _serves(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()

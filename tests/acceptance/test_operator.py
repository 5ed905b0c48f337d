"""What an operator does at the terminal, without anything running."""

from __future__ import annotations

from pathlib import Path

import httpx
import msgspec
import pytest
from pyotp.totp import TOTP

from tests.acceptance.running import nexus, up

pytestmark = [pytest.mark.proof, pytest.mark.timeout(180)]


def test_a_company_made_at_the_terminal_can_be_used_and_suspended(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "state"))
    made = nexus("tenant", "create", "--name", "Clínica Sur", "--ceo-email", "Ana@Sur.example", *state)
    assert made.returncode == 0, made.stderr
    password = made.stdout.rpartition(": ")[2].strip()
    again = nexus("tenant", "create", "--name", "Otra", "--ceo-email", "ana@sur.example", *state)
    assert again.returncode == 1
    assert "has an account already" in again.stderr
    with up(tmp_path / "state", "--no-demo") as running:
        assert "simulator" not in running.runtime.pids
        assert not any(line.startswith(("login:", "phone:")) for line in running.said)
        url = running.line("app:")
        login = {"email": "ana@sur.example", "password": password}
        with httpx.Client(base_url=url, headers={"Origin": url, "X-Nexus-CSRF": "1"}, trust_env=False) as client:
            assert client.post("/auth/login", json=login).status_code == 204
            assert client.get("/auth/me").json()["user"]["role"] == "ceo"
            begun = client.post("/auth/totp", json={"password": password}).json()
            code = {"code": TOTP(begun["secret"]).now()}
            assert client.post("/auth/totp/confirm", json=code).status_code == 200
            assert client.post("/auth/login", json=login).status_code == 200, "a code is asked for"
            lost = nexus("user", "reset-totp", "Ana@Sur.example", *state)
            assert "taken off" in lost.stdout, lost.stderr
            assert client.get("/auth/me").status_code == 401
            assert client.post("/auth/login", json=login).status_code == 204
            nobody = nexus("user", "reset-totp", "nobody@sur.example", *state)
            assert (nobody.returncode, nobody.stderr) == (1, "nexus: nobody has that e-mail\n")
            link = nexus("user", "reset-link", "Ana@sur.example", *state).stdout.strip()
            assert link.startswith(f"{url}/reset#token=")
            fresh = {"token": link.partition("#token=")[2], "password": "seven copper kettles whistle"}
            assert client.post("/auth/reset", json=fresh).status_code == 204
            assert client.get("/auth/me").status_code == 401
            login["password"] = fresh["password"]
            assert client.post("/auth/login", json=login).status_code == 204
            unknown = nexus("user", "reset-link", "nobody@sur.example", *state)
            assert (unknown.returncode, unknown.stdout) == (1, "")
            companies = msgspec.json.decode(nexus("tenant", "list", "--json", *state).stdout)
            assert [company["name"] for company in companies] == ["Clínica Sur"], "the refused one was not made"
            assert companies[0]["mode"] == "live"
            suspended = nexus("tenant", "suspend", str(companies[0]["id"]), *state)
            assert suspended.returncode == 0
            assert client.get("/auth/me").status_code == 401
            nexus("tenant", "suspend", "--undo", str(companies[0]["id"]), *state)
            assert client.get("/auth/me").status_code == 401, "its sessions do not come back"
            assert client.post("/auth/login", json=login).status_code == 204


def test_an_older_schema_is_told_and_mended(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "state"))
    waiting = nexus("migrate", "--check", *state)
    assert waiting.returncode == 1
    assert "the foundation" in waiting.stdout
    assert nexus("migrate", *state).returncode == 0
    assert nexus("migrate", "--check", *state).returncode == 0


def test_unknown_companies_and_weak_wishes_are_one_line(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "state"))
    for wrong in (
        nexus("tenant", "suspend", "999", *state),
        nexus("tenant", "create", "--name", "X", "--ceo-email", "a@b.example", "--zone", "Mars/Olympus", *state),
    ):
        assert wrong.returncode == 1
        assert wrong.stderr.startswith("nexus: ")
        assert wrong.stderr.count("\n") == 1

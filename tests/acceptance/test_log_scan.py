"""A whole installation is led through every place where a secret passes, and none of them is written down.

What is read afterwards: the logs of all processes, every answer, and the tables that people and programs read.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import msgspec
import pytest
from pyotp.totp import TOTP

from core.database import standalone_connection
from nexus.demo.phone import Phone
from tests.acceptance.running import Up, until, up
from tests.acceptance.secrets_in import lines, logs_in, secrets_in

pytestmark = [pytest.mark.proof, pytest.mark.timeout(180)]

TABLES = (
    "system_events", "outbox_events", "tasks", "agent_turns", "turn_steps", "chat_messages", "tenant_settings",
    "account_tokens", "invitations", "notifications", "directory", "jobs.procrastinate_jobs",
)  # fmt: skip
CREDENTIALS = "/admin/core/credentials"
MODEL = f"{CREDENTIALS}/model:api_key"


@dataclass
class Tour:
    """What went in and must not come out; what came out."""

    running: Up
    secrets: dict[str, str]
    heard: dict[str, str] = field(default_factory=dict[str, str])

    def make(self, name: str) -> str:
        """A secret of its own for one place."""
        self.secrets[name] = f"tour-{secrets.token_hex(12)}"
        return self.secrets[name]

    def hear(self, where: str, answer: httpx.Response) -> httpx.Response:
        self.heard[f"{len(self.heard)} {where} {answer.status_code}"] = answer.text
        return answer


@dataclass
class Model:
    """Where it listens, and the keys that it was shown."""

    host: str = ""
    keys: list[str] = field(default_factory=list[str])


@contextmanager
def indiscreet_model() -> Generator[Model]:
    """A model that refuses, and repeats the key in its refusal."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            model.keys.append(self.headers["Authorization"] or "")
            body = json.dumps({"error": {"message": f"wrong key: {self.headers['Authorization']}"}}).encode()
            with suppress(OSError):
                self.send_response(401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        model.host = f"127.0.0.1:{server.server_port}"
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_no_secret_is_written_down_anywhere(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with indiscreet_model() as model, up(state, told={"NEXUS_EGRESS_ALLOW": "127.0.0.1"}) as running:
        tour = Tour(running, _stored(state))
        await _sign_in(tour)
        await _webhooks(tour)
        await _ask_the_model(tour, model)
        await _break_things(tour)
        texts = logs_in(state / "logs") | tour.heard | await _tables(running)
    texts |= logs_in(state / "logs")  # what they said while they stopped
    assert {"api.log", "whatsapp.log", "worker.log", "system_events"} <= texts.keys()
    assert {"vault_keys", "jwt_keys", "directory_key", "audit_keys"} <= tour.secrets.keys()
    assert secrets_in(texts, tour.secrets) == []
    _control(texts, tour.secrets)


def _control(texts: dict[str, str], known: dict[str, str]) -> None:
    """The scan sees what it looks for: a planted one is found, in whatever form; and the texts are not empty."""
    name, secret = next(iter(known.items()))
    for planted in (secret, json.dumps({"key": secret}), f"https://x.example/?k={secret}"):
        assert secrets_in(texts | {"planted": f"… {planted} …"}, known) == [f"planted: {name}"]
    assert "unexpected error" in texts["api.log"], "the error path was walked"
    assert "vault.not_opened" in texts["system_events"]
    assert "credentials.set" in texts["system_events"]
    assert "webhook.forged" in texts["system_events"]


def _stored(state: Path) -> dict[str, str]:
    """The installation's own, a keyring's key without its name."""
    stored = msgspec.json.decode((state / "secrets.json").read_bytes(), type=dict[str, str])
    return {name: value.rpartition(":")[2] if name.endswith("_keys") else value for name, value in stored.items()}


def _browser(running: Up) -> httpx.AsyncClient:
    url = running.line("app:")
    return httpx.AsyncClient(base_url=url, headers={"Origin": url, "X-Nexus-CSRF": "1"}, trust_env=False, timeout=20)


async def _login(tour: Tour, browser: httpx.AsyncClient) -> None:
    login = {"email": "ceo@demo.example", "password": tour.secrets["demo_password_ceo"]}
    assert tour.hear("login", await browser.post("/auth/login", json=login)).status_code == 204
    tour.secrets.setdefault("session", next(iter(browser.cookies.values())))


async def _sign_in(tour: Tour) -> None:
    """Log in well and badly, and send passwords where none belongs."""
    async with _browser(tour.running) as browser:
        wrong = {"email": "ceo@demo.example", "password": tour.make("wrong password")}
        tour.hear("wrong password", await browser.post("/auth/login", json=wrong))
        tour.hear("two", await browser.post("/auth/login", json={"password": tour.make("password without e-mail")}))
        tour.hear("three", await browser.post("/auth/login", content=tour.make("no JSON").encode()))
        tour.hear(
            "four", await browser.get("/auth/me", headers={"Cookie": f"nexus_session={tour.make('false cookie')}"})
        )
        await _login(tour, browser)
        for body in ({"value": tour.make("model key")}, {"value": [tour.make("malformed")]}, {tour.make("member"): 1}):
            tour.hear("put", await browser.put(MODEL, json=body))
        tour.hear("put", await browser.put(f"{CREDENTIALS}/{tour.make('in the path')}", json={"value": "x"}))
        tour.hear("put", await browser.put(MODEL, content=tour.make("no JSON again").encode()))
        tour.hear("credentials", await browser.get(CREDENTIALS))
        await _second_factor(tour, browser)
        await _links(tour, browser)
        tour.hear("audit", await browser.get("/admin/core/audit/logs"))


async def _second_factor(tour: Tour, browser: httpx.AsyncClient) -> None:
    """Set up, asked for, answered well and badly, and turned off. What is shown once is shown to its owner alone."""
    word = tour.secrets["demo_password_ceo"]
    tour.hear("totp", await browser.post("/auth/totp", json={"password": tour.make("wrong for totp")}))
    begun = (await browser.post("/auth/totp", json={"password": word})).json()
    tour.secrets["totp secret"] = begun["secret"]
    tour.hear("confirm", await browser.post("/auth/totp/confirm", json={"code": tour.make("no code")}))
    confirmed = await browser.post("/auth/totp/confirm", json={"code": TOTP(begun["secret"]).now()})
    codes = confirmed.json()["recovery_codes"]
    tour.secrets |= {f"recovery code {number}": code for number, code in enumerate(codes)}
    login = {"email": "ceo@demo.example", "password": word}
    tour.secrets["challenge"] = (await browser.post("/auth/login", json=login)).json()["challenge"]
    for answer in (tour.make("wrong recovery code"), codes[0]):
        body = {"challenge": tour.secrets["challenge"], "code": answer}
        tour.hear("code", await browser.post("/auth/login/code", json=body))
    tour.secrets["second session"] = next(iter(browser.cookies.values()))
    both = {"password": word, "code": codes[1]}
    assert tour.hear("off", await browser.post("/auth/totp/off", json=both)).status_code == 204


async def _links(tour: Tour, ceo: httpx.AsyncClient) -> None:
    """The join code, an invitation and a new password: used well and badly, by people without a session."""
    tour.secrets["join code"] = (await ceo.get("/admin/core/join-code")).json()["code"]
    person = {"email": "nora@tour.example", "name": "Nora", "role": "closer"}
    joining = {**person, "email": "luz@tour.example", "password": tour.make("registering")}
    async with _browser(tour.running) as stranger:
        for code in (tour.secrets["join code"], tour.make("wrong join code")):
            tour.hear("register", await stranger.post("/auth/register", json={**joining, "join_code": code}))
        invited = (await ceo.post("/admin/core/invitations", json=person)).json()
        tour.secrets["invitation"] = invited["issued"]["link"].partition("#token=")[2]
        await _use(tour, stranger, "invitation")
        users = (await ceo.get("/admin/core/users")).json()["items"]
        nora = next(user["id"] for user in users if user["email"] == person["email"])
        tour.hear("forgot", await stranger.post("/auth/forgot", json={"email": person["email"]}))
        shown = (await ceo.post(f"/admin/core/users/{nora}/reset-link")).json()
        tour.secrets["reset"] = shown["link"].partition("#token=")[2]
        await _use(tour, stranger, "reset")
    tour.secrets["device"] = next(value for name, value in ceo.cookies.items() if "device" in name)


async def _use(tour: Tour, stranger: httpx.AsyncClient, purpose: str) -> None:
    """With another token, a bad password, well, once too often; and in the address, where it does not belong."""
    token, password = tour.secrets[purpose], tour.make(f"password by {purpose}")
    tour.hear("page", await stranger.get(f"/{purpose}", params={"token": token}))
    tour.hear("link", await stranger.post("/auth/link", json={"purpose": purpose, "token": token}))
    tries = [(tour.make(f"wrong {purpose}"), password), (token, "tiny"), (token, password), (token, password)]
    codes = [
        tour.hear(purpose, await stranger.post(f"/auth/{purpose}", json={"token": each, "password": word})).status_code
        for each, word in tries
    ]
    assert codes == [403, 422, 204, 403]


async def _webhooks(tour: Tour) -> None:
    """A stranger at the webhook: with a wrong key in the path, and with the right one and a wrong signature."""
    config = json.loads((tour.running.state / "simulator.json").read_text(encoding="utf-8"))
    async with httpx.AsyncClient(trust_env=False) as http:
        url = config["accounts"][0]["webhook_url"]
        for address in (url, url[:-43] + tour.make("wrong endpoint key")):
            signed = {"YCloud-Signature": f"t=1,s={tour.make(f'signature {len(tour.secrets)}')}"}
            tour.hear("webhook", await http.post(address, content=b"{}", headers=signed))


async def _ask_the_model(tour: Tour, model: Model) -> None:
    """A live model that repeats the key when it refuses: in the turn, its task and the worker's log."""
    await _as_owner(
        tour.running,
        f"UPDATE tenant_settings SET brain = 'live', model_name = 'm', model_base_url = 'http://{model.host}/v1',"
        " quiet_seconds = 0.1 WHERE tenant_id = 1",
    )
    url, _, token = tour.running.line("phone:").partition("/?token=")
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        phone = Phone(http, token, "+5491133335555", "Juan")
        await phone.write("Hola")
        answer = await phone.wait_for_answer(0, patience=40, settle=1)
        tour.heard["chat"] = repr(answer)
    assert f"Bearer {tour.secrets['model key']}" in model.keys, "the key was really used, and repeated to us"


async def _break_things(tour: Tour) -> None:
    """A value that does not open, and an error that nobody expected."""
    await _as_owner(tour.running, "UPDATE credentials SET name = 'whisper:api_key' WHERE name = 'model:api_key'")
    moved = "UPDATE credentials SET sealed = (SELECT sealed FROM credentials WHERE name = 'whisper:api_key')"
    await _as_owner(tour.running, f"{moved} WHERE name = 'auth:join_code'")
    broken = "ALTER TABLE credentials ALTER masked DROP NOT NULL; UPDATE credentials SET masked = NULL"
    await _as_owner(tour.running, broken)
    async with _browser(tour.running) as browser:
        await _login(tour, browser)
        assert tour.hear("join code", await browser.get("/admin/core/join-code")).status_code == 503
        assert tour.hear("crash", await browser.get(CREDENTIALS)).status_code == 500
    until(lambda: "unexpected error" in logs_in(tour.running.state / "logs")["api.log"], seconds=5)


async def _as_owner(running: Up, commands: str) -> None:
    owner = await standalone_connection(running.runtime.urls["database_owner"])
    try:
        await owner.execute(commands)
    finally:
        await owner.close(timeout=5)


async def _tables(running: Up) -> dict[str, str]:
    owner = await standalone_connection(running.runtime.urls["database_owner"])
    try:
        return {
            name: lines(row["line"] for row in await owner.fetch(f"SELECT to_jsonb(t)::text AS line FROM {name} AS t"))
            for name in TABLES
        }
    finally:
        await owner.close(timeout=5)

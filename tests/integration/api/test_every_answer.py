"""Whatever comes in, each answer is one of ours with all headers: odd ids, texts and methods, the sockets' door."""

from __future__ import annotations

from urllib.parse import quote

import aiohttp
import httpx
import pytest

from core.errors import PROBLEM_MEDIA_TYPE
from core.security_headers import DEFAULTS
from tests.integration.auth.serving import serving
from tests.support.api import Api
from tests.support.factories import make_tenant
from tests.support.live_routes import live_routes

HARD = {name for name, _ in DEFAULTS} | {"content-security-policy"}
NO_IDS = ("abc", "\x00", "7\x00", "9" * 30, "-" + "9" * 30, "9" * 5000)
# An id that could exist, and does not: what all of them must look like.
MISSING = {"session_id": "00000000-0000-4000-8000-000000000000"}


async def ceo(api: Api) -> httpx.AsyncClient:
    return api.browser(await api.session(await api.member(await make_tenant(api.db), "ceo")))


def filled(path: str, value: str | None) -> str:
    parts = [part[1:-1] if part.startswith("{") else None for part in path.split("/")]
    words = [value if value is not None else MISSING.get(name or "", "999999") for name in parts]
    return "/".join(
        quote(word, safe="") if name else part for name, part, word in zip(parts, path.split("/"), words, strict=True)
    )


@pytest.mark.proof
async def test_an_id_that_cannot_exist_is_the_same_answer_as_one_that_does_not(api: Api) -> None:
    routes = [route for route in live_routes(api.app) if "{" in route.path]
    assert len(routes) > 30
    async with await ceo(api) as browser:
        differing: list[str] = []
        for route in routes:
            body: dict[str, str] | None = None if route.method in {"GET", "DELETE"} else {}
            missing = await browser.request(route.method, filled(route.path, None), json=body)
            for value in NO_IDS:
                answer = await browser.request(route.method, filled(route.path, value), json=body)
                if answer.status_code != 429 and (answer.status_code, answer.content) not in expected(missing):
                    differing.append(f"{route.method} {route.path} with {value[:8]!r}: {answer.status_code}")
    assert differing == []


def expected(missing: httpx.Response) -> set[tuple[int, bytes]]:
    """Not found; or what is said of a body that lacks what it needs, which nobody looks beyond."""
    not_found = b'{"type":"urn:nexus:problem:not_found","title":"Not Found","status":404,"code":"not_found"}'
    assert missing.status_code in {404, 422}, missing.text
    return {(404, not_found), (missing.status_code, missing.content)}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/crm/leads", {"stage": "\x00"}),
        ("/crm/leads", {"source": "a\x00b"}),
        ("/crm/pipeline/summary", {"stage": "\x00"}),
        ("/admin/core/audit/logs", {"action": "\x00"}),
        ("/admin/core/audit/logs", {"since": "0001-01-01T00:00:00+14:00"}),
        ("/admin/core/audit/logs.csv", {"action": "\x00"}),
        ("/admin/core/audit/logs.csv", {"until": "0001-01-01T00:00:00+14:00"}),
    ],
)
async def test_a_filter_that_nothing_can_fit_is_malformed(api: Api, path: str, params: dict[str, str]) -> None:
    async with await ceo(api) as browser:
        answer = await browser.get(path, params=params)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/login", b'{"email": "ana@example.com", "password": "half a \\ud800 character"}'),
        ("/auth/totp", b'{"password": "half a \\ud800 character"}'),
        ("/auth/login/code", b'{"challenge": "\\udc00", "code": "\\udc00"}'),
        ("/auth/register", (b'{"join_code": "x", "email": "ana@example.com", "name": "A\\u0000", "role": "closer",'
                            b' "password": "nine purple lanterns drift"}')),
        ("/admin/core/invitations", b'{"email": "ana@example.com", "name": "A\\u0000na", "role": "closer"}'),
    ],
)  # fmt: skip
async def test_a_text_that_cannot_be_kept_or_hashed_is_malformed(api: Api, path: str, body: bytes) -> None:
    async with await ceo(api) as browser:
        answer = await browser.post(path, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_a_body_of_more_than_a_megabyte_is_refused(api: Api) -> None:
    async with api.browser() as browser:
        answer = await browser.post("/auth/login", json={"email": "x" * 2_000_000, "password": "x"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert {*answer.headers} >= HARD


async def test_every_answer_of_the_real_server_has_the_hard_headers_and_every_refusal_of_ours_is_a_problem(
    api: Api,
) -> None:
    asked = [
        ("GET", "/auth/nowhere"), ("PUT", "/auth/login"), ("OPTIONS", "/auth/login"), ("TRACE", "/auth/me"),
        ("GET", "/auth/me"), ("POST", "/auth/login"), ("GET", "/openapi.json"), ("POST", "/openapi.json"),
        ("GET", "/assets/nothing.js"), ("GET", "/healthz"), ("PATCH", "/"),
        ("GET", "/docs/nothing"),
    ]  # fmt: skip
    doors = ("", "?EIO=4&transport=polling", "?EIO=4&transport=websocket")
    async with serving(api) as served, aiohttp.ClientSession() as http:
        for method, path in [*asked, *((method, f"/socket.io/{door}") for method in ("GET", "POST") for door in doors)]:
            async with http.request(method, served.url + path) as answer:
                lacking = HARD - {name.lower() for name in answer.headers}
                assert lacking == set(), f"{method} {path}: {answer.status}"
                if answer.status >= 400 and "socket.io" not in path:  # whose client reads the engine's own answers
                    assert answer.headers["content-type"] == PROBLEM_MEDIA_TYPE, f"{method} {path}"

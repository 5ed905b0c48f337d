"""Cross-site request forgery: what another site can make a browser send is refused, our own page is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.responses import PlainTextResponse

from orchestrator_service.auth.csrf import CsrfMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

INNER: ASGIApp = PlainTextResponse("done")
GUARDED = CsrfMiddleware(
    INNER,
    allowed_origins=frozenset({"https://crm.example"}),
    upload_paths=(re.compile(r"/crm/imports/[0-9]+/file"),),
)
COOKIE = {"cookie": "theme=dark; nexus_session=t"}
PROOF = {"x-nexus-csrf": "1", "origin": "https://crm.example"}


async def status(
    path: str, headers: dict[str, str] | None = None, *, method: str = "POST", body: bytes = b"", app: ASGIApp = GUARDED
) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        answer = await http.request(method, path, headers=headers, content=body)
    if answer.is_error:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] in {"csrf_refused", "unsupported_media_type"}
    return answer.status_code


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
async def test_our_own_page_may_write(method: str) -> None:
    assert await status("/crm/leads", {**COOKIE, **PROOF}, method=method) == 200


@pytest.mark.parametrize("missing", ["x-nexus-csrf", "origin"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_each_proof_is_needed(method: str, missing: str) -> None:
    headers = {name: value for name, value in {**COOKIE, **PROOF}.items() if name != missing}
    assert await status("/crm/leads", headers, method=method) == 403


async def test_control_without_the_middleware_a_foreign_page_writes() -> None:
    headers = {**COOKIE, "origin": "https://evil.example"}
    assert await status("/crm/leads", headers, app=INNER) == 200
    assert await status("/crm/leads", headers) == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_reading_needs_no_proof(method: str) -> None:
    assert await status("/crm/leads", COOKIE, method=method) == 200


@pytest.mark.parametrize("path", ["/auth/login", "/auth/register", "/auth/password/reset"])
async def test_login_and_register_are_checked_without_a_cookie(path: str) -> None:
    assert await status(path) == 403
    assert await status(path, PROOF) == 200


async def test_an_api_key_without_a_cookie_is_not_concerned_but_a_cookie_beside_it_is() -> None:
    key = {"authorization": "Bearer nx_1"}
    assert await status("/crm/leads", key) == 200
    assert await status("/crm/leads", {**key, "cookie": "theme=dark"}) == 200
    assert await status("/crm/leads", {**key, **COOKIE}) == 403


@pytest.mark.parametrize(
    "cookie", ["nexus_session=t", "__Host-nexus_session=t", "a=b;nexus_session =x", "nexus_session"]
)
async def test_either_session_cookie_counts_however_it_is_written(cookie: str) -> None:
    assert await status("/crm/leads", {"cookie": cookie}) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://crm.example",
        "https://crm.example:444",
        "https://crm.example.evil.example",
        "https://CRM.example",
    ],
)
async def test_another_origin_is_refused(origin: str) -> None:
    assert await status("/crm/leads", {**COOKIE, **PROOF, "origin": origin}) == 403


async def test_a_foreign_origin_is_not_outweighed_by_fetch_metadata() -> None:
    headers = {**COOKIE, **PROOF, "origin": "https://evil.example", "sec-fetch-site": "same-origin"}
    assert await status("/crm/leads", headers) == 403


@pytest.mark.parametrize(
    ("site", "expected"), [("same-origin", 200), ("same-site", 403), ("cross-site", 403), ("none", 403)]
)
async def test_without_an_origin_fetch_metadata_decides(site: str, expected: int) -> None:
    assert await status("/crm/leads", {**COOKIE, "x-nexus-csrf": "1", "sec-fetch-site": site}) == expected


async def test_another_value_of_the_header_is_refused() -> None:
    assert await status("/crm/leads", {**COOKIE, **PROOF, "x-nexus-csrf": "0"}) == 403


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain; application/json", 415),
    ],
)
async def test_bodies_are_json(kind: str, expected: int) -> None:
    assert await status("/crm/leads", {**COOKIE, **PROOF, "content-type": kind}, body=b"{}") == expected


async def test_a_body_without_a_type_is_refused_and_no_body_needs_none() -> None:
    assert await status("/crm/leads", {**COOKIE, **PROOF}, body=b"{}") == 415
    assert await status("/crm/leads", {**COOKIE, **PROOF, "transfer-encoding": "chunked"}) == 415
    assert await status("/auth/logout", {**COOKIE, **PROOF}) == 200


async def test_an_upload_path_takes_files_with_the_same_proofs() -> None:
    form = {"content-type": "multipart/form-data; boundary=x"}
    assert await status("/crm/imports/7/file", {**COOKIE, **PROOF, **form}, body=b"x") == 200
    assert await status("/crm/imports/7/file", {**COOKIE, **form}, body=b"x") == 403
    assert await status("/crm/imports/7/file/more", {**COOKIE, **PROOF, **form}, body=b"x") == 415


async def test_sockets_and_the_lifespan_pass() -> None:
    seen: list[str] = []

    async def inner(scope: object, _receive: object, _send: object) -> None:
        assert isinstance(scope, dict)
        seen.append("passed")

    async def receive() -> Message:
        raise AssertionError

    async def send(_message: Message) -> None:
        raise AssertionError

    await CsrfMiddleware(inner, allowed_origins=frozenset())({"type": "websocket"}, receive, send)
    assert seen == ["passed"]


async def test_two_origins_in_one_request_are_refused() -> None:
    app = httpx.ASGITransport(GUARDED)
    async with httpx.AsyncClient(transport=app, base_url="http://test") as http:
        headers = [("cookie", "nexus_session=t"), ("x-nexus-csrf", "1"), *[("origin", "https://crm.example")] * 2]
        assert (await http.post("/crm/leads", headers=headers)).status_code == 403

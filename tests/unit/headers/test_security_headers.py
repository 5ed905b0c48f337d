"""The security headers and the correlation id on every answer, sockets and streams included."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import httpx
import pytest

from core.request_id import RequestIdMiddleware, current_request_id
from core.security_headers import API_CSP, SecurityHeadersMiddleware, app_csp, check_csp

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def answering(*headers: tuple[bytes, bytes]) -> ASGIApp:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": (current_request_id() or "none").encode()})

    return app


async def get(app: ASGIApp, headers: list[tuple[str, str]] | None = None) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        return await http.get("/", headers=headers)


async def messages_of(app: ASGIApp, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    await app(scope, receive, send)
    return sent


async def test_every_answer_has_the_hard_defaults() -> None:
    headers = (await get(SecurityHeadersMiddleware(answering()))).headers
    assert headers["content-security-policy"] == API_CSP
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "microphone=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


async def test_control_without_the_middleware_there_are_none() -> None:
    assert "content-security-policy" not in (await get(answering())).headers


async def test_a_route_may_set_its_own_policy_and_it_is_sent_once() -> None:
    inner = answering((b"Content-Security-Policy", b"default-src 'self'"), (b"cache-control", b"max-age=60"))
    headers = (await get(SecurityHeadersMiddleware(inner, csp="sandbox"))).headers
    assert headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert headers.get_list("cache-control") == ["max-age=60"]


@pytest.mark.parametrize(
    "policy", ["script-src 'Unsafe-Inline'", "script-src 'unsafe-eval'", "a\r\nset-cookie: x", "ñ"]
)
def test_a_weak_or_broken_policy_is_refused_when_the_app_is_made(policy: str) -> None:
    with pytest.raises(ValueError, match="content security policy"):
        SecurityHeadersMiddleware(answering(), csp=policy)


def test_the_web_apps_policy_is_strict_with_and_without_a_nonce() -> None:
    nonce = "r4nd0mr4nd0mr4nd0m=="
    assert f"style-src 'self' 'nonce-{nonce}'" in check_csp(app_csp(nonce))
    assert "nonce" not in check_csp(app_csp())
    assert "frame-ancestors 'none'" in app_csp()
    with pytest.raises(ValueError, match="nonce"):
        app_csp("x'; script-src *")


def test_the_web_apps_policy_frames_exactly_what_it_is_told() -> None:
    phone = "http://127.0.0.1:8099"
    plain = [part.strip() for part in app_csp().split(";")]
    framing = [part.strip() for part in app_csp(frames=(phone,)).split(";")]
    assert "frame-src" not in app_csp()
    assert [part for part in framing if part not in plain] == [f"frame-src {phone}"]
    assert [part for part in plain if part not in framing] == []


@pytest.mark.parametrize("frame", ["*", "http:", "http://a; script-src *", "http://127.0.0.1:8099/path", "'self'", ""])
def test_a_frame_that_is_no_origin_is_refused(frame: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        app_csp(frames=(frame,))


async def test_a_refused_socket_has_the_headers_too_and_the_lifespan_passes() -> None:
    async def refusing(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.http.response.start", "status": 403})

    [start] = await messages_of(
        RequestIdMiddleware(SecurityHeadersMiddleware(refusing)), {"type": "websocket", "headers": []}
    )
    names = {name for name, _ in start["headers"]}
    assert {b"content-security-policy", b"x-request-id"} <= names
    assert await messages_of(RequestIdMiddleware(SecurityHeadersMiddleware(refusing)), {"type": "lifespan"}) == []


async def test_a_request_without_an_id_gets_one_that_logs_and_caller_share() -> None:
    answer = await get(RequestIdMiddleware(answering((b"X-Request-ID", b"from-the-handler"))))
    assert re.fullmatch("[0-9a-f]{32}", answer.text)
    assert answer.headers.get_list("x-request-id") == [answer.text]
    assert current_request_id() is None


async def test_two_requests_at_once_have_their_own_ids() -> None:
    app = RequestIdMiddleware(answering())
    first, second = await asyncio.gather(get(app), get(app))
    assert first.text != second.text


async def test_a_well_formed_id_is_taken_over() -> None:
    given = "0190b5a2-7c1e-7a6b-9d4e-0242ac120002"
    assert (await get(RequestIdMiddleware(answering()), [("x-request-id", given)])).text == given


@pytest.mark.parametrize("given", ["short", "x" * 65, "has space in it", "<script>alert</script>", "a;b;c;d;e;f"])
async def test_any_other_id_is_replaced(given: str) -> None:
    answer = await get(RequestIdMiddleware(answering()), [("x-request-id", given)])
    assert given not in answer.text
    assert given != answer.headers["x-request-id"]


async def test_two_ids_count_as_none() -> None:
    answer = await get(RequestIdMiddleware(answering()), [("x-request-id", "a" * 8), ("x-request-id", "b" * 8)])
    assert answer.text not in {"a" * 8, "b" * 8}


async def test_the_id_is_gone_after_an_error() -> None:
    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await asyncio.sleep(0)
        raise LookupError

    with pytest.raises(LookupError):
        await messages_of(RequestIdMiddleware(failing), {"type": "http", "headers": []})
    assert current_request_id() is None

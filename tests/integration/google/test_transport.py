"""The way out to Google: what the egress client holds here too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from core.egress import Egress
from core.google import transport
from core.google.addresses import GoogleAddresses
from core.google.answers import Answer, NoAnswer
from core.google.transport import Request, reaching, send_once
from tests.integration.simulator.simulated import free_port, serving

if TYPE_CHECKING:
    from starlette.requests import Request as Asked


async def _remember(asked: Asked) -> Response:
    answer = Response(asked.headers.get("cookie", "none"))
    answer.set_cookie("NID", "of-the-first-company")
    return answer


async def _elsewhere(_: Asked) -> Response:
    return RedirectResponse("http://127.0.0.1:1/")


async def _large(_: Asked) -> Response:
    return Response(b"x" * 2048)


SERVER = Starlette(
    routes=[Route("/remember", _remember), Route("/elsewhere", _elsewhere), Route("/large", _large)],
)


async def test_nothing_is_remembered_of_one_company_for_the_next() -> None:
    port = free_port()
    async with serving(SERVER, port), reaching(Egress(), GoogleAddresses.at(f"http://127.0.0.1:{port}")) as http:
        for _ in range(2):
            answer = await send_once(http, Request("GET", f"http://127.0.0.1:{port}/remember"))
            assert isinstance(answer, Answer)
            assert answer.body == b"none"


async def test_a_redirect_is_not_followed_and_a_large_answer_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1024)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with serving(SERVER, port), reaching(Egress(), GoogleAddresses.at(base)) as http:
        redirect = await send_once(http, Request("GET", f"{base}/elsewhere"))
        assert isinstance(redirect, Answer)
        assert redirect.status == 307
        assert await send_once(http, Request("GET", f"{base}/large")) == NoAnswer("unreachable", True, "EgressTooLarge")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://169.254.169.254/token", "https://10.0.0.1/x"])
async def test_no_other_private_address_is_reached(url: str) -> None:
    async with reaching(Egress(), GoogleAddresses()) as http:
        answer = await send_once(http, Request("GET", url))
    assert answer == NoAnswer("unreachable", sent=False, detail="EgressRefused")

"""Errors as problem+json: stable codes, equal bytes for what is missing and what is foreign, nothing of the inside."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Annotated

import httpx
import pytest
from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from core.errors import (
    BadInput,
    Conflict,
    Forbidden,
    NexusError,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unstorable,
    UnsupportedMediaType,
    problem,
)
from core.problems import UnexpectedErrorMiddleware, install_problems
from core.request_id import RequestIdMiddleware
from core.security_headers import SecurityHeadersMiddleware

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Message, Receive, Scope, Send

SQL = "SELECT hunter2 FROM users"


class Login(BaseModel):
    email: str
    attempts: int


def make_app() -> FastAPI:
    app = FastAPI()
    install_problems(app)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(RequestIdMiddleware)

    async def lead(lead_id: int) -> None:
        raise NotFound(f"lead {lead_id} belongs to tenant 2", extra={"tenant": 2})

    async def login(body: Annotated[Login, Body()]) -> str:
        return body.email

    async def broken() -> None:
        try:
            raise LookupError(SQL)  # noqa: TRY301 (a cause for the report)
        except LookupError as error:
            raise RuntimeError(SQL) from error

    async def status(code: int) -> None:
        raise HTTPException(code, detail=SQL, headers={"X-Kept": "yes"})

    async def refuse(kind: str) -> None:
        raise KINDS[kind]

    async def stream() -> StreamingResponse:
        async def rows() -> AsyncIterator[bytes]:
            yield b"first"
            await asyncio.sleep(0)
            raise RuntimeError(SQL)

        return StreamingResponse(rows())

    app.add_api_route("/leads/{lead_id}", lead)
    app.add_api_route("/login", login, methods=["POST"])
    app.add_api_route("/broken", broken)
    app.add_api_route("/status/{code}", status)
    app.add_api_route("/refuse/{kind}", refuse)
    app.add_api_route("/stream", stream)
    return app


KINDS: dict[str, NexusError] = {
    "unstorable": Unstorable(),
    "--5": Unstorable(),
    "9" * 5000: Unstorable(),
    "-" + "9" * 19: Unstorable(),
    "conflict": Conflict("slot taken", extra={"existing": 7}),
    "later": TooManyRequests(retry_after=31),
    "down": Unavailable(retry_after=0),
    "anonymous": Unauthorized(),
}


def client() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(make_app()), base_url="http://test")


async def test_a_missing_route_a_foreign_record_and_an_impossible_id_are_the_same_bytes() -> None:
    async with client() as http:
        answers = [await http.get(path) for path in ("/nowhere", "/leads/7", "/leads/abc", "/status/404")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json() == {
        "type": "urn:nexus:problem:not_found",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
    }
    names = {tuple(sorted(name for name in answer.headers if name != "x-request-id")) for answer in answers}
    assert len(names) == 1
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4


async def test_a_number_that_no_row_can_have_is_not_found_and_another_such_value_malformed() -> None:
    async with client() as http:
        codes = [(await http.get(f"/refuse/{kind}")).json()["code"] for kind in list(KINDS)[:4]]
    assert codes == ["malformed", "malformed", "not_found", "not_found"]


async def test_a_refusal_carries_its_code_detail_extra_members_and_headers() -> None:
    async with client() as http:
        conflict, later, down, anonymous = [
            await http.get(f"/refuse/{kind}") for kind in ("conflict", "later", "down", "anonymous")
        ]
    assert conflict.headers["content-type"] == "application/problem+json"
    assert conflict.json() == {
        "type": "urn:nexus:problem:conflict",
        "title": "Conflict",
        "status": 409,
        "code": "conflict",
        "detail": "slot taken",
        "existing": 7,
    }
    assert (later.status_code, later.headers["retry-after"]) == (429, "31")
    assert (down.status_code, down.headers["retry-after"]) == (503, "1")
    assert (anonymous.status_code, anonymous.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_malformed_payload_says_where_but_never_repeats_the_input() -> None:
    async with client() as http:
        answer = await http.post("/login", json={"email": ["hunter2"], "attempts": "hunter2"})
        not_json = await http.post("/login", content=b"{hunter2", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert [entry["loc"] for entry in answer.json()["errors"]] == [["body", "email"], ["body", "attempts"]]
    assert "hunter2" not in answer.text
    assert not_json.status_code == 422
    assert "hunter2" not in not_json.text


async def test_a_framework_error_keeps_its_headers_and_loses_its_detail() -> None:
    async with client() as http:
        method = await http.get("/login")
        teapot = await http.get("/status/418")
        empty = await http.get("/status/304")
    assert (method.status_code, method.json()["code"], method.headers["allow"]) == (405, "method_not_allowed", "POST")
    assert (teapot.json()["code"], teapot.headers["x-kept"]) == ("im_a_teapot", "yes")
    assert SQL not in teapot.text
    assert (empty.status_code, empty.content) == (304, b"")


async def test_an_unexpected_error_is_a_bare_500_behind_all_headers(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "nexus.problems"):
        async with client() as http:
            answer = await http.get("/broken", headers={"x-request-id": "abcd-1234"})
    assert answer.json() == {
        "type": "urn:nexus:problem:internal_error",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal_error",
    }
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-request-id"] == "abcd-1234"
    [record] = caplog.records
    assert "RuntimeError from LookupError in GET /broken" in record.getMessage()
    assert "in broken" in record.getMessage()
    assert record.__dict__["request_id"] == "abcd-1234"
    assert "hunter2" not in caplog.text.replace("raise LookupError(SQL)", "")


async def test_control_without_the_safety_net_the_error_leaves_the_app() -> None:
    app = make_app()
    app.user_middleware = [entry for entry in app.user_middleware if entry.cls is not UnexpectedErrorMiddleware]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        with pytest.raises(RuntimeError):
            await http.get("/broken")


async def test_an_error_in_the_middle_of_an_answer_cuts_it_instead_of_ending_it_well() -> None:
    async with client() as http:
        with pytest.raises(RuntimeError):
            await http.get("/stream")


async def test_the_lifespan_passes_the_safety_net_untouched() -> None:
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        await asyncio.sleep(0)
        seen.append(scope["type"])

    async def receive() -> Message:
        raise AssertionError

    async def send(_message: Message) -> None:
        raise AssertionError

    await UnexpectedErrorMiddleware(app)({"type": "lifespan"}, receive, send)
    assert seen == ["lifespan"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (BadInput(), 422, "malformed"),
        (Unauthorized(), 401, "unauthorized"),
        (Forbidden(), 403, "forbidden"),
        (NotFound(), 404, "not_found"),
        (Conflict(), 409, "conflict"),
        (UnsupportedMediaType(), 415, "unsupported_media_type"),
        (TooManyRequests(), 429, "rate_limited"),
        (Unavailable(), 503, "unavailable"),
        (NexusError(), 500, "internal_error"),
    ],
)
def test_status_and_code_are_stable(error: NexusError, status: int, code: str) -> None:
    assert (problem(error)["status"], problem(error)["code"]) == (status, code)
    assert json.dumps(problem(error))


def test_extra_members_cannot_replace_the_standard_ones() -> None:
    with pytest.raises(ValueError, match="status"):
        Conflict(extra={"status": 200})


def test_an_error_prints_its_detail_or_its_title() -> None:
    assert (str(Conflict("slot taken")), str(Conflict())) == ("slot taken", "Conflict")

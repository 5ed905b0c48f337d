"""What answers and failures of the provider mean, one by one, where a real server would be hard to bring to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import httpx
import pytest

from core.secret import Secret
from core.whatsapp import (
    Accepted,
    ForeignTenantError,
    JsonObject,
    OutgoingTemplate,
    OutgoingText,
    Recipient,
    Refused,
    SendResult,
    StatusUpdate,
    Unknown,
)
from core.ycloud.client import YCloudClient

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "ycloud.api.examples.json"


class ErrorExample(TypedDict):
    http: int
    headers: dict[str, str]
    body: JsonObject


ERRORS: dict[str, ErrorExample] = json.loads(CONTRACT.read_text(encoding="utf-8"))["errors"]
RESPONSES: dict[str, JsonObject] = json.loads(CONTRACT.read_text(encoding="utf-8"))["responses"]
Answer = Callable[[httpx.Request], httpx.Response]


def client(http: httpx.AsyncClient) -> YCloudClient:
    return YCloudClient(
        http, api_key=Secret("key"), business_number="+1", tenant_id=7, base_url="http://here.example/v2/"
    )


async def send(answer: Answer) -> SendResult:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        return await client(http).send(Recipient(to="+2"), OutgoingText("x"), external_id="e")


def answering(status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
    return lambda _: httpx.Response(status, content=content, headers=headers)


def raising(error: Exception) -> Answer:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


async def test_the_example_of_an_accepted_message_is_accepted() -> None:
    raw = json.dumps(RESPONSES["sendDirectly_200_has_wamid"]).encode()
    assert await send(answering(200, raw)) == Accepted("65f0aaaa0000000000000002", "wamid.OUT0002")


async def test_the_request_carries_the_key_and_our_id() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b'{"id":"1"}')

    assert await send(answer) == Accepted("1", None)
    assert str(seen[0].url) == "http://here.example/v2/whatsapp/messages/sendDirectly"
    assert seen[0].headers["X-API-Key"] == "key"
    assert json.loads(seen[0].content)["externalId"] == "e"


@pytest.mark.parametrize("name", [name for name, example in ERRORS.items() if example["http"] < 500])
async def test_each_documented_refusal_is_refused_by_its_code(name: str) -> None:
    example = ERRORS[name]
    result = await send(answering(example["http"], json.dumps(example["body"]).encode(), example["headers"]))
    assert isinstance(result, Refused)
    assert result.code in json.dumps(example["body"])
    assert result.retryable == (example["http"] == 429)
    assert result.retry_after_seconds == (1 if example["http"] == 429 else None)


async def test_metas_own_code_is_the_more_precise_one() -> None:
    result = await send(answering(400, json.dumps(ERRORS["direct_meta_error"]["body"]).encode()))
    assert isinstance(result, Refused)
    assert result.code == "131009"


@pytest.mark.parametrize("name", [name for name, example in ERRORS.items() if example["http"] >= 500])
async def test_each_documented_server_error_is_unknown(name: str) -> None:
    example = ERRORS[name]
    assert isinstance(await send(answering(example["http"], json.dumps(example["body"]).encode())), Unknown)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (answering(200, b"<html>"), Unknown("accepted, but the answer is not JSON")),
        (answering(200, b"{}"), Unknown("accepted without an id")),
        (answering(200, b'{"id":"1","status":"failed","errorCode":"131026"}'), Refused("131026", "", None, False)),
        (answering(200, b'{"status":"failed"}'), Refused("failed", "", None, False)),
        (answering(408), Unknown("HTTP 408")),
        (answering(502, b"<html>"), Unknown("HTTP 502")),
        (answering(404, b"[]"), Refused("HTTP_404", "", None, False)),
        (answering(429, headers={"Retry-After": "soon"}), Refused("HTTP_429", "", None, True)),
        (answering(429, headers={"Retry-After": "9" * 50}), Refused("HTTP_429", "", 86_400, True)),
        (raising(httpx.ConnectTimeout("")), Refused("CONNECTION_FAILED", "ConnectTimeout", None, True)),
        (raising(httpx.PoolTimeout("")), Refused("CONNECTION_FAILED", "PoolTimeout", None, True)),
        (raising(httpx.UnsupportedProtocol("")), Refused("INVALID_ADDRESS", "UnsupportedProtocol", None, False)),
        (raising(httpx.InvalidURL("")), Refused("INVALID_ADDRESS", "InvalidURL", None, False)),
        (raising(httpx.WriteTimeout("")), Unknown("WriteTimeout")),
        (raising(httpx.RemoteProtocolError("")), Unknown("RemoteProtocolError")),
    ],
)
async def test_an_answer_or_its_absence_has_one_meaning(answer: Answer, result: SendResult) -> None:
    assert await send(answer) == result


async def test_a_template_goes_by_the_queue_with_both_filters() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b'{"id":"1"}')

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        await client(http).send(Recipient(to="+2"), OutgoingTemplate("promo", "es"), external_id="e")
        assert await client(http).typing("1")
    body = json.loads(seen[0].content)
    assert seen[0].url.path == "/v2/whatsapp/messages"
    assert (body["filterUnsubscribed"], body["filterBlocked"]) == (True, True)


async def test_a_foreign_tenant_raises_before_anything_leaves() -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(raising(AssertionError("left")))) as http:
        with pytest.raises(ForeignTenantError):
            await client(http).send(Recipient(to="+2"), OutgoingText("x"), external_id="e", tenant_id=8)


async def test_typing_falls_back_to_the_older_path() -> None:
    paths: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.path.rsplit("/", 1)[1])
        return httpx.Response(404 if len(paths) == 1 else 200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        assert await client(http).typing("wamid/1")
        assert paths == ["typing", "typingIndicator"]
    async with httpx.AsyncClient(transport=httpx.MockTransport(raising(httpx.ReadTimeout("")))) as http:
        assert not await client(http).mark_read("1")


async def test_templates_are_read_to_the_last_page_and_a_failed_page_fails_the_list() -> None:
    def item(index: int) -> JsonObject:
        return {"name": f"t{index}", "language": "es"}

    def answer(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        items = [item(i) for i in range(100)] if page == 1 else [item(100), {"language": "es"}]
        return httpx.Response(200, json={"limit": 100, "length": len(items), "items": items})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        templates = await client(http).list_templates()
    assert isinstance(templates, tuple)
    assert [template.name for template in templates] == [f"t{i}" for i in range(101)]
    assert templates[0].status == "UNKNOWN"
    failures: list[Answer] = [raising(httpx.ReadTimeout("")), answering(500), answering(200, b"?")]
    for failing in failures:
        async with httpx.AsyncClient(transport=httpx.MockTransport(failing)) as http:
            assert isinstance(await client(http).list_templates(), Unknown)


async def test_a_list_that_never_ends_is_cut() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"limit": 1, "length": 1, "items": [{"name": "t", "language": "es"}]})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        templates = await client(http).list_templates()
    assert isinstance(templates, tuple)
    assert len(templates) == 100


@pytest.mark.parametrize(
    "answer", [raising(httpx.ReadTimeout("")), answering(500), answering(200, b"?"), answering(200, b"{}")]
)
async def test_a_look_up_without_a_readable_answer_is_unknown(answer: Answer) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        assert isinstance(await client(http).look_up("1"), Unknown)
        raw = json.dumps(RESPONSES["accepted_200"]).encode()
    async with httpx.AsyncClient(transport=httpx.MockTransport(answering(200, raw))) as http:
        assert isinstance(await client(http).look_up("1"), StatusUpdate)

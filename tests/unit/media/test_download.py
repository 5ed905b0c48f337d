"""A provider's file from a host that behaves, and from one that does not; each defence with what happens without it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from core import egress as egress_module
from core import media_fetch
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.media_fetch import download
from core.secret import Secret
from core.whatsapp import ForeignTenantError, Media, MediaContent, MediaResult, Refused, Unknown
from core.ycloud.client import YCloudClient
from tests.unit.egress.other_side import OtherSide, certificate, other_side
from tests.unit.egress.test_egress import answering, everything_is_public

KEY = Secret("the-key-of-the-provider")
MOST = 1000


def egress() -> Egress:
    return Egress(EgressPolicy(), answering("127.0.0.1"))


def media_at(link: str | None) -> Media:
    return Media("1", link, "image/png", None, None, None)


async def ask(side: OtherSide, link: str | None, *, way: Egress | None = None) -> MediaResult:
    """Through YCloud's client, whose API stands at this side."""
    async with httpx.AsyncClient() as http:
        client = YCloudClient(
            http,
            api_key=KEY,
            business_number="+5491130001000",
            tenant_id=7,
            base_url=side.url("/v2"),
            egress=way or egress(),
        )
        return await client.media(media_at(link), most_bytes=MOST, tenant_id=7)


def one_for_all(url: str) -> str:
    """What takes the rule away."""
    return url and "the same"


def keys(side: OtherSide) -> list[bool]:
    return [KEY.reveal() in head for head in side.heads]


async def test_a_file_of_the_providers_host_comes_with_the_key() -> None:
    async with other_side() as side:
        assert await ask(side, side.url("/file")) == MediaContent(b"hello", None)
        assert keys(side) == [True]


async def test_another_tenant_than_the_clients_own_is_a_defect() -> None:
    async with httpx.AsyncClient() as http:
        client = YCloudClient(http, api_key=KEY, business_number="+1", tenant_id=7)
        with pytest.raises(ForeignTenantError):
            await client.media(media_at("https://api.ycloud.com/x"), most_bytes=MOST, tenant_id=8)


@pytest.mark.parametrize(
    "link",
    [
        "http://evil.test:{port}/file",
        "https://media.test:{port}/file",
        "http://media.test:{other}/file",
        "http://media.test:{port}@evil.test/file",
        "http://u:p@media.test:{port}/file",
        "http://media.test.:{port}/file",
        "file:///etc/passwd",
        "http://[::1",
        "not an address",
        "",
    ],
)
async def test_a_link_to_another_origin_is_not_fetched(link: str) -> None:
    async with other_side() as side, other_side() as second:
        result = await ask(side, link.format(port=side.port, other=second.port))
        assert isinstance(result, Refused)
        assert (result.code, result.retryable) == ("foreign_host", False)
        assert side.heads == second.heads == []


async def test_without_the_rule_the_key_would_reach_the_other_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    async with other_side() as side, other_side() as second:
        way = Egress(EgressPolicy.from_text(f"media.test:{second.port}"), answering("127.0.0.1"))
        assert isinstance(await ask(side, second.url("/file"), way=way), Refused)
        monkeypatch.setattr(media_fetch, "_origin", one_for_all)
        assert isinstance(await ask(side, second.url("/file"), way=way), MediaContent)
        assert keys(second) == [True]


async def test_no_link_is_refused() -> None:
    async with other_side() as side:
        result = await ask(side, None)
    assert isinstance(result, Refused)
    assert result.code == "no_link"


@pytest.mark.parametrize(
    "there", ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1:9/", "file:///etc/hosts"]
)
async def test_a_redirect_to_a_private_place_is_refused(there: str) -> None:
    async with other_side() as side:
        side.redirects["/file"] = there
        result = await ask(side, side.url("/file"))
        assert isinstance(result, Refused)
        assert result.code == "address_refused"
        assert len(side.heads) == 1


async def test_a_redirect_to_another_host_goes_without_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress_module, "is_public", everything_is_public)
    identity = certificate(tmp_path, "bucket.test")
    async with other_side() as side, other_side(identity.server) as bucket:
        side.redirects["/file"] = f"https://bucket.test:{bucket.port}/signed"
        way = Egress(EgressPolicy(), answering("127.0.0.1"), identity.client)
        assert isinstance(await ask(side, side.url("/file"), way=way), MediaContent)
        assert keys(side) == [True]
        assert keys(bucket) == [False]


@pytest.mark.parametrize("declared", [True, False], ids=["with its length", "without"])
async def test_a_file_that_is_too_large_is_dropped(declared: bool) -> None:
    async with other_side() as side:
        side.body, side.declared = b"x" * (MOST + 1), declared
        result = await ask(side, side.url("/file"))
        assert isinstance(result, Refused)
        assert (result.code, result.retryable) == ("too_large", False)
        side.body = b"x" * MOST
        assert isinstance(await ask(side, side.url("/file")), MediaContent), "the control: one byte less"


@pytest.mark.parametrize("slow", ["head", "body"])
async def test_a_file_that_drips_in_ends_on_time(slow: str) -> None:
    async with other_side() as side:
        side.drip = slow
        link = side.url("/file")
        result = await download(egress(), link, homes=(link,), headers={}, most_bytes=MOST, seconds=0.3)
        assert isinstance(result, Unknown)


async def test_a_host_that_is_away_may_be_asked_again() -> None:
    async with other_side() as side:
        link = side.url("/file")
    result = await download(egress(), link, homes=(link,), headers={}, most_bytes=MOST)
    assert isinstance(result, Unknown)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        ("404 Not Found", "gone", False),
        ("410 Gone", "gone", False),
        ("401 Unauthorized", "HTTP_401", False),
        ("429 Too Many Requests\r\nretry-after: 7", "HTTP_429", True),
        ("304 Not Modified", "HTTP_304", False),
    ],
)
async def test_an_answer_without_the_file_says_whether_to_ask_again(status: str, code: str, retryable: bool) -> None:
    async with other_side() as side:
        side.status = status
        result = await ask(side, side.url("/file"))
    assert isinstance(result, Refused)
    assert (result.code, result.retryable) == (code, retryable)
    assert result.retry_after_seconds == (7 if retryable else None)


async def test_a_servers_error_is_not_known() -> None:
    async with other_side() as side:
        side.status = "503 Service Unavailable"
        assert isinstance(await ask(side, side.url("/file")), Unknown)


def test_an_https_home_is_not_trusted_with_private_addresses() -> None:
    way = egress()
    assert way.trusting("https://media.test/v2").policy == way.policy
    assert way.trusting("http://media.test:81/v2").policy.allowed == {("media.test", 81)}

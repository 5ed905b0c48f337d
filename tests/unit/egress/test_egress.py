"""The egress client on loopback with a resolver of its own: each rule with a control that shows what it keeps out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from core import egress
from core.egress import Caps, Egress, EgressFailed, Resolver, fetch
from core.egress_rules import EgressPolicy, EgressRefused
from tests.unit.egress.other_side import OtherSide, certificate, other_side

NOTHING = EgressPolicy()


def answering(*answers: str) -> Resolver:
    """Every look-up gives these addresses."""

    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        return list(answers)

    return resolve


def everything_is_public(address: str) -> bool:
    """What takes the defence away."""
    return bool(address)


@asynccontextmanager
async def client_to(
    side: OtherSide, *, addresses: tuple[str, ...] = ("127.0.0.1",), caps: Caps | None = None
) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client of an operator who allows `media.test` on the port of the other side, which DNS does not know."""
    policy = EgressPolicy.from_text(f"media.test:{side.port}")
    async with Egress(policy, answering(*addresses)).client(caps) as client:
        yield client


async def test_it_connects_to_the_address_that_was_looked_up_and_names_the_host() -> None:
    async with other_side() as side, client_to(side) as client:
        got = await fetch(client, side.url("/picture"))
    assert (got.status, got.body) == (200, b"hello")
    assert f"host: media.test:{side.port}" in side.heads[0].lower()
    assert "accept-encoding: identity" in side.heads[0].lower()


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("::1",), ("::ffff:8.8.8.8",), ("169.254.169.254",)]
)
async def test_a_name_that_leads_to_a_private_address_is_refused(addresses: tuple[str, ...]) -> None:
    async with Egress(NOTHING, answering(*addresses)).client() as client:
        with pytest.raises(EgressRefused, match="not public"):
            await fetch(client, "https://innocent.example/")


async def test_without_the_check_the_private_address_would_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    identity = certificate(tmp_path, "innocent.example")
    way = Egress(NOTHING, answering("127.0.0.1"), identity.client)
    async with other_side(identity.server) as side, way.client() as client:
        with pytest.raises(EgressRefused):
            await fetch(client, f"https://innocent.example:{side.port}/")
        assert side.heads == []
        monkeypatch.setattr(egress, "is_public", everything_is_public)
        assert (await fetch(client, f"https://innocent.example:{side.port}/")).status == 200


async def test_a_name_is_looked_up_once_so_a_changed_answer_wins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer passes for public, and nothing serves there; the private one is never used."""
    monkeypatch.setattr(egress, "is_public", "::1".__eq__)
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        del port
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["::1"]

    async with other_side() as side, Egress(NOTHING, rebinding).client() as client:
        with pytest.raises(EgressFailed, match="ConnectError"):
            await fetch(client, f"https://innocent.example:{side.port}/")
        assert asked == ["innocent.example"]
        with pytest.raises(EgressRefused):
            await fetch(client, f"https://innocent.example:{side.port}/")
        assert side.connections == 0


@pytest.mark.parametrize(("name", "fits"), [("media.test", True), ("other.test", False)])
async def test_the_certificate_must_be_the_names(tmp_path: Path, name: str, fits: bool) -> None:
    identity = certificate(tmp_path, name)
    async with other_side(identity.server) as side:
        policy = EgressPolicy.from_text(f"media.test:{side.port}")
        async with Egress(policy, answering("127.0.0.1"), identity.client).client() as client:
            url = f"https://media.test:{side.port}/"
            if fits:
                assert (await fetch(client, url)).status == 200
            else:
                with pytest.raises(EgressFailed, match="ConnectError"):
                    await fetch(client, url)


async def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    async with other_side() as side, client_to(side, addresses=("::1", "127.0.0.1")) as client:
        assert (await fetch(client, side.url("/"))).status == 200


async def test_a_redirect_on_the_same_origin_is_followed_with_its_headers() -> None:
    async with other_side() as side, client_to(side) as client:
        side.redirects["/old"] = "/new"
        got = await fetch(client, side.url("/old"), headers={"X-API-Key": "k"})
    assert got.body == b"hello"
    assert all("x-api-key: k" in head.lower() for head in side.heads)


@pytest.mark.parametrize("location", ["http://media.test:{port}/x", "http://169.254.169.254/", "file:///etc/passwd"])
async def test_a_redirect_elsewhere_is_judged_without_the_operators_list(location: str) -> None:
    async with other_side() as side, other_side() as second:
        policy = EgressPolicy.from_text(f"media.test:{side.port},media.test:{second.port}")
        async with Egress(policy, answering("127.0.0.1")).client() as client:
            side.redirects["/old"] = location.format(port=second.port)
            with pytest.raises(EgressRefused):
                await fetch(client, side.url("/old"))
            assert (await fetch(client, second.url("/x"))).status == 200, "the control: by itself it may be fetched"


async def test_headers_stay_with_the_first_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "is_public", everything_is_public)
    identity = certificate(tmp_path, "media.test")
    way = Egress(NOTHING, answering("127.0.0.1"), identity.client)
    async with other_side(identity.server) as side, other_side(identity.server) as second, way.client() as client:
        side.redirects["/old"] = f"https://media.test:{second.port}/new"
        await fetch(client, f"https://media.test:{side.port}/old", headers={"X-API-Key": "k"})
    assert "x-api-key" in side.heads[0].lower()
    assert "x-api-key" not in second.heads[0].lower()


async def test_an_endless_redirect_ends() -> None:
    async with other_side() as side, client_to(side) as client:
        side.redirects["/round"] = "/round"
        with pytest.raises(EgressFailed, match="too often"):
            await fetch(client, side.url("/round"))
    assert len(side.heads) == 4


@pytest.mark.parametrize("declared", [True, False], ids=["with its length", "without"])
async def test_an_answer_that_is_too_large_is_dropped(declared: bool) -> None:
    async with other_side() as side:
        side.body, side.declared = b"x" * 1001, declared
        async with client_to(side, caps=Caps(most_bytes=1000)) as client:
            with pytest.raises(EgressFailed, match="too large"):
                await fetch(client, side.url("/"))
        async with client_to(side, caps=Caps(most_bytes=1001)) as client:
            assert len((await fetch(client, side.url("/"))).body) == 1001


async def test_a_packed_answer_is_refused() -> None:
    async with other_side() as side, client_to(side) as client:
        side.extra = "content-encoding: gzip\r\n"
        with pytest.raises(EgressFailed, match="packed"):
            await fetch(client, side.url("/"))


@pytest.mark.parametrize("slow", ["head", "body"])
async def test_an_answer_that_drips_in_ends_on_time(slow: str) -> None:
    async with other_side() as side:
        side.drip = slow
        async with client_to(side, caps=Caps(seconds=0.4)) as client:
            began = time.monotonic()
            with pytest.raises(EgressFailed):
                await fetch(client, side.url("/"))
            assert time.monotonic() - began < 2


async def test_all_the_redirects_share_one_time() -> None:
    async with other_side() as side, client_to(side) as client:
        side.redirects["/round"], side.pause = "/round", 0.2
        with pytest.raises(EgressFailed, match="too long"):
            await fetch(client, side.url("/round"), seconds=0.3)


async def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async with other_side() as proxy, other_side() as side:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        async with client_to(side) as client:
            assert (await fetch(client, side.url("/"))).status == 200
        assert proxy.heads == []
        async with httpx2.AsyncClient() as careless:  # the control
            await careless.get(f"http://media.test:{side.port}/")
        assert len(proxy.heads) == 1


async def test_no_connection_is_kept_for_the_next_name() -> None:
    async with other_side() as side, client_to(side) as client:
        await fetch(client, side.url("/"))
        await fetch(client, side.url("/"))
        await asyncio.sleep(0.05)
        assert side.connections == 2
        assert side.open == 0


async def test_a_host_that_is_not_found_is_a_failure_of_ours() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    async with Egress(NOTHING, nowhere).client() as client:
        with pytest.raises(EgressFailed, match="cannot be found"):
            await fetch(client, "https://nowhere.example/")

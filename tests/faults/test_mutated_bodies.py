"""Signed nonsense: whatever a provider's body turns into, the door answers, and never with 5xx (PRODUCT §16.6)."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import whatsapp_service.webhook
from core.database import Database
from core.whatsapp import ProviderName
from tests.integration.whatsapp.webhooks import EXAMPLES, FIXTURES, Receiver, receiver_of, settings_for
from tests.support import servers as support
from tests.support.factories import make_tenant

pytestmark = pytest.mark.timeout(300)

META: dict[str, Any] = json.loads((FIXTURES / "meta_whatsapp.json").read_text(encoding="utf-8"))["examples"]
SHORT, WHOLE = 1_000, 10_000
AT_ONCE = 8
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**400, 0.1, "", " ", "0", "\u0000", "\ud800", "\u202e", "x" * 10_000, [], {},
    [[]], {"id": None}, "2026-99-99T00:00:00Z", "+", "+5", "💥" * 50, "NaN", [None] * 100,
)  # fmt: skip


def mutated(seed: int, count: int, provider: ProviderName = "ycloud") -> Iterator[bytes]:
    """Bodies made from the documented ones: values put elsewhere, keys lost or doubled, bytes flipped, ends cut."""
    source = random.Random(seed)  # noqa: S311 - a stream of nonsense, no secret
    originals = list(EXAMPLES.values() if provider == "ycloud" else META.values())
    for number in range(count):
        original = json.dumps(source.choice(originals))
        if provider == "ycloud":
            event: Any = {**json.loads(original), "id": f"evt_mutated_{number}"}
        else:
            event = json.loads(original.replace("wamid.", f"wamid.MUTATED{number}."))
        for _ in range(source.randint(1, 4)):
            change(event, source)
        body = json.dumps(event).encode()
        yield garbled(body, source) if source.random() < 0.4 else body


def change(event: Any, source: random.Random) -> None:
    """Something in the tree becomes something else, goes away, or sinks deeper."""
    tree: Any = event
    while is_tree(tree):
        key: Any = source.choice(list(tree)) if hasattr(tree, "keys") else source.randrange(len(tree))
        if not is_tree(tree[key]) or source.random() < 0.3:
            match source.randrange(4):
                case 0:
                    del tree[key]
                case 1:
                    tree[key] = {"inner": tree[key]}
                case 2:
                    tree[key] = [tree[key]] * source.randint(0, 3)
                case _:
                    tree[key] = source.choice(ODD)
            return
        tree = tree[key]


def is_tree(value: object) -> bool:
    return isinstance(value, dict | list) and bool(value)  # pyright: ignore[reportUnknownArgumentType] - any tree


def garbled(body: bytes, source: random.Random) -> bytes:
    """Bytes flipped, left out, put in, or the end cut off."""
    changed = bytearray(body)
    for _ in range(source.randint(1, 5)):
        place = source.randrange(len(changed) or 1)
        match source.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([source.randrange(256)])
            case 1:
                del changed[place : place + source.randint(1, 20)]
            case 2:
                changed[place:place] = source.choice(
                    [b'"', b"{", b"\\u0000", b"\xff\xfe", b"[" * 300, b"9" * 500, b"\n"]
                )
            case _:
                del changed[place:]
    return bytes(changed)


async def answers(receiver: Receiver, bodies: Iterator[bytes]) -> Counter[int]:
    """What the door says to each; every one is signed as it should be."""
    said: Counter[int] = Counter()

    async def knock() -> None:
        for body in bodies:
            said[(await receiver.post(body)).status_code] += 1

    await asyncio.gather(*(knock() for _ in range(AT_ONCE)))
    return said


@pytest.mark.proof
@pytest.mark.parametrize(
    ("provider", "count"),
    [
        ("ycloud", SHORT),
        pytest.param("ycloud", WHOLE, marks=pytest.mark.slow),
        pytest.param("meta", WHOLE, marks=pytest.mark.slow),
    ],
)
async def test_no_mutated_body_makes_the_door_fail(
    db: Database, database: support.Database, redis_url: str, provider: ProviderName, count: int
) -> None:
    tenant_id = await make_tenant(db)
    async with receiver_of(db, tenant_id, settings_for(database.app_url, redis_url), provider=provider) as receiver:
        said = await answers(receiver, mutated(count, count, provider))
    assert said.total() == count
    assert {status for status in said if status >= 500} == set(), said
    assert said[200] > count / 2, "most were still events: the door was not shut at once"


async def test_control_a_parser_that_trusts_its_input_fails(
    db: Database, database: support.Database, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Callable[..., Any] = whatsapp_service.webhook.read_delivery

    def trusting(provider: str, body: bytes, **named: object) -> object:
        assert json.loads(body)["type"], "as if every body were an event"
        return read(provider, body, **named)

    monkeypatch.setattr(whatsapp_service.webhook, "read_delivery", trusting)
    tenant_id = await make_tenant(db)
    async with receiver_of(db, tenant_id, settings_for(database.app_url, redis_url)) as receiver:
        said = await answers(receiver, mutated(5, 200))
    assert said[500] > 0

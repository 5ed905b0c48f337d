"""Bodies as no provider should send them: bytes damaged on the way, and values of another shape."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject


def mutations(examples: list[JsonObject], seed: int, count: int) -> list[bytes]:
    """As many damaged bodies, half of them still JSON; the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    return [
        mutated_bytes(chance, json.dumps(example).encode()) if turn % 2 else mutated_json(chance, example)
        for turn in range(count)
        for example in (chance.choice(examples),)
    ]


def mutated_bytes(chance: random.Random, body: bytes) -> bytes:
    """A few bytes changed, cut out or doubled."""
    mutated = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(mutated) + 1)
        match chance.randrange(4):
            case 0:
                mutated[at:at] = bytes([chance.randrange(256)])
            case 1:
                del mutated[at : at + chance.randint(1, 40)]
            case 2:
                mutated[at : at + 1] = chance.choice([b"\x00", b"\\ud83d", b"null", b"[", b"}", b"\xff", b"1e999"])
            case _:
                mutated[at:at] = mutated[at : at + chance.randint(1, 200)]
    return bytes(mutated)


def mutated_json(chance: random.Random, example: JsonObject) -> bytes:
    """One to three values replaced by something of another shape."""
    copy = json.loads(json.dumps(example))
    odd: list[Json] = [None, True, -1, 10**30, "", "\x00", [], {}, [[]], {"id": {}}, "x" * 3000, 1.5, [None, {"a": 1}]]
    for _ in range(chance.randint(1, 3)):
        holder, key = _somewhere(chance, copy)
        holder[key] = json.loads(json.dumps(chance.choice(odd)))  # its own, lest it come to hold itself
    return json.dumps(copy).encode()


def _somewhere(chance: random.Random, node: dict[str, object]) -> tuple[dict[object, object], object]:
    """A random place in a tree."""
    holder = cast("dict[object, object]", node)
    while True:
        key: object = chance.choice([*holder]) if isinstance(holder, dict) else chance.randrange(len(holder))
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.25:
            return holder, key
        holder = cast("dict[object, object]", inner)

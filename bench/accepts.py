"""What it costs to accept a webhook durably: against a door that only remembers, and how long it takes at a usual rate.

Each accepted message is one transaction with its inbox row, its mailbox and its jobs, flushed to disk before the 200.
"""

from __future__ import annotations

import base64
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from bench.load import Load, loop, paced, request
from bench.memory import SECRET_VARIABLE
from bench.serving import Server, serving
from bench.world import World
from core.credentials import Keyring
from core.database import open_database
from core.directory import Directory
from core.secret import Secret
from core.ycloud.signature import HEADER, sign
from nexus.servers.bootstrap import run_blocking
from orchestrator_service.provisioning.add_channel import add_channel

CONNECTIONS: Final = 128
USUAL_RATE: Final = 200
CUSTOMERS: Final = 1_000
NUMBER: Final = "+5491150000001"
ACCOUNT: Final = "100000000000001"
WEBHOOK_SECRET: Final = "whsec_of_the_bench_0123456789"  # noqa: S105 - of a database that is thrown away
_numbers: Final = count(1)


@dataclass(frozen=True)
class Accepts:
    """Rates per second at 128 connections, by round; seconds at 200 messages per second; what was not 2xx."""

    durable: tuple[float, ...]
    memory: tuple[float, ...]
    p50_seconds: float
    p99_seconds: float
    refused: int

    @property
    def ratio(self) -> float:
        """The median over the rounds of the durable rate divided by the other's in the same round."""
        return statistics.median(ours / theirs for ours, theirs in zip(self.durable, self.memory, strict=True))


def measure_accepts(world: World, *, rounds: int, seconds: int, tell: Callable[[str], None]) -> Accepts:
    """Both doors in a new order each round, after a pass in which everybody writes once; then the usual rate."""
    key = run_blocking(_open_channel(world))
    told = {**world.settings, SECRET_VARIABLE: WEBHOOK_SECRET}
    with (
        serving("whatsapp", "whatsapp_service.main:app", world.settings, world.folder) as ours,
        serving("memory", "bench.memory:app", told, world.folder) as theirs,
    ):
        rates: dict[str, list[float]] = {"whatsapp": [], "memory": []}
        refused, order = 0, [ours, theirs]
        shuffle = random.Random(13).shuffle  # noqa: S311 - an order, no secret
        for number in range(rounds + 1):
            shuffle(order)
            for server in order:
                tell(f"accepting webhooks, round {number} of {rounds}: {server.name}")
                if not number:
                    refused += run_blocking(_greet(server, key)).refused
                    continue
                load = run_blocking(_flood(server, key, seconds))
                refused += load.refused
                rates[server.name].append(load.rate)
        tell(f"accepting {USUAL_RATE} webhooks a second")
        usual = run_blocking(
            paced(ours.port, _letters(key), rate=USUAL_RATE, seconds=max(3, seconds), connections=CONNECTIONS)
        )
    return Accepts(
        durable=tuple(rates["whatsapp"]),
        memory=tuple(rates["memory"]),
        p50_seconds=usual.percentile(0.5),
        p99_seconds=usual.percentile(0.99),
        refused=refused + usual.refused,
    )


async def _greet(server: Server, key: str) -> Load:
    """Everybody writes once: what is measured is the accept of people who write again."""
    everybody = iter(range(CUSTOMERS))
    letters = _letters(key, lambda: next(everybody))
    return await paced(server.port, letters, rate=CUSTOMERS, seconds=1, connections=CONNECTIONS)


async def _flood(server: Server, key: str, seconds: int) -> Load:
    return await loop(server.port, _letters(key), connections=CONNECTIONS, seconds=seconds)


async def _open_channel(world: World) -> str:
    """A number of the first company; answers the last part of its webhook's path."""
    database = await open_database(world.settings["DATABASE_URL"], application="nexus-bench", most_connections=1)
    directory = Directory(base64.b64decode(world.settings["NEXUS_DIRECTORY_KEY"]))
    keyring = Keyring.from_text(Secret(world.settings["NEXUS_VAULT_KEYS"]))
    try:
        async with database.tenant(world.tenants[0]) as tx:
            channel = await add_channel(
                tx,
                directory,
                keyring,
                provider="ycloud",
                name="Bench",
                business_number=NUMBER,
                waba_id=ACCOUNT,
                api_key=Secret("bench"),
                webhook_secrets=(Secret(WEBHOOK_SECRET),),
            )
            return channel.endpoint_key
    finally:
        await database.close()


def _anybody() -> Callable[[], int]:
    return partial(random.Random(17).randrange, CUSTOMERS)  # noqa: S311 - a choice of people, no secret


def _letters(key: str, pick: Callable[[], int] | None = None) -> Callable[[], bytes]:
    """Signed messages of people who write again and again; each is new."""
    pick = pick or _anybody()
    secret, path = Secret(WEBHOOK_SECRET), f"/webhook/ycloud/{key}"

    def letter() -> bytes:
        number, customer = next(_numbers), pick()
        body = _BODY % (number, number, number, customer, customer, customer, number)
        return request("POST", path, {HEADER: sign(secret, int(time.time()), body)}, raw=body)

    return letter


_BODY: Final = (
    b'{"id":"evt_bench%012d","type":"whatsapp.inbound_message.received","apiVersion":"v2",'
    b'"createTime":"2026-11-22T15:00:01.000Z","whatsappInboundMessage":{"id":"bench%012d","wamid":"wamid.BENCH%012d",'
    b'"wabaId":"' + ACCOUNT.encode() + b'","from":"+54911%08d","fromUserId":"AR.%016d",'
    b'"customerProfile":{"name":"Cliente %d"},"to":"' + NUMBER.encode() + b'","sendTime":"2026-11-22T15:00:01.000Z",'
    b'"type":"text","text":{"body":"Hola, quiero informaci\xc3\xb3n %d"}}}'
)

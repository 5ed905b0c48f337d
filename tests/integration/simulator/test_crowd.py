"""A crowd writes in one order, with repetition and delay; the simulator says when nothing is under way any more."""

from __future__ import annotations

from collections import Counter

import pytest

from core.whatsapp import Accepted, InboundMessage, Json, OutgoingText, Recipient, Refused, Unknown
from tests.integration.simulator.simulated import NUMBER, PHONE, Receiver, Simulator, until


def texts(receiver: Receiver) -> list[str | None]:
    messages = [delivery.event.payload for delivery in receiver.deliveries]
    return [message.text for message in messages if isinstance(message, InboundMessage)]


async def write(simulator: Simulator, *lines: dict[str, Json]) -> None:
    named: list[Json] = [{"phone": PHONE, **line} for line in lines]
    await simulator.order("/crowd", account=NUMBER, lines=named)


async def test_everybody_is_heard_once_and_the_repeated_as_often_as_told(
    simulator: Simulator, receiver: Receiver
) -> None:
    again: dict[str, Json] = {"phone": "+5491155500002", "text": "c", "again_seconds": 1}
    await write(simulator, {"text": "a"}, {"text": "b", "copies": 2}, again, {"text": "d", "copies": 4})
    await until(lambda: len(receiver.deliveries) == 9)
    assert Counter(texts(receiver)) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert len({delivery.event.id for delivery in receiver.deliveries}) == 4


async def test_what_is_delayed_is_overtaken(simulator: Simulator, receiver: Receiver) -> None:
    await write(simulator, {"text": "slow", "delay_seconds": 30}, {"text": "quick"})
    await until(lambda: len(receiver.deliveries) == 2)
    assert texts(receiver) == ["quick", "slow"]


async def test_it_says_what_is_under_way(simulator: Simulator, receiver: Receiver) -> None:
    receiver.answers = [503]
    await write(simulator, {"text": "a"})
    assert await pending(simulator) > 0
    await until(lambda: len(receiver.deliveries) == 2)
    for _ in range(200):
        if await pending(simulator) == 0:
            return
    pytest.fail("it never came to rest")


async def pending(simulator: Simulator) -> int:
    answer = await simulator.http.get(
        f"{simulator.base_url}/_sim/pending", headers={"X-Simulator-Token": "token-of-the-simulator"}
    )
    return answer.json()["tasks"]


@pytest.mark.parametrize(
    ("fault", "result", "arrives"),
    [
        ({"mode": "garbage"}, Unknown, True),
        ({"mode": "garbage", "taken": False}, Unknown, False),
        ({"mode": "status", "status": 502, "retry_after": None, "taken": True}, Unknown, True),
        ({"mode": "status", "status": 429}, Refused, False),
        ({"mode": "drop", "taken": False}, Unknown, False),
        ({"mode": "timeout", "seconds": 0.1}, Accepted, True),
    ],
)
async def test_what_it_answers_and_what_it_does_may_differ(
    simulator: Simulator, open_window: str, fault: dict[str, Json], result: type[object], arrives: bool
) -> None:
    await simulator.order("/fail", account=NUMBER, **fault)
    sent = await simulator.client().send(Recipient(to=open_window), OutgoingText("Hola"), external_id="nexus:7:1")
    assert isinstance(sent, result)
    requests = await simulator.read("/journal", kind="request")
    assert any(request.get("accepted") for request in requests) is arrives

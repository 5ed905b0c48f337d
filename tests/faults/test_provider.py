"""A provider that refuses, fails, stays silent or talks nonsense, and strangers at the door."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter

import httpx
import pytest

from core.meta import signature as meta
from core.secret import Secret
from core.whatsapp import ProviderName
from core.ycloud.signature import HEADER, sign
from nexus.faults.checkers import doubled, doubts, lost, untrue
from nexus.faults.evidence import Evidence
from nexus.faults.run import Wanted, run
from nexus.instance.demo_channels import NUMBERS
from tests.faults.ensemble import AT_BOTH, BOTH, Ensemble, Visit
from tests.support.meta_words import webhook

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120)]

DAY = 24 * 3600
# What the provider does to one send each, and whether it took the message all the same.
TROUBLE: tuple[dict[str, object], ...] = (
    {"mode": "status", "status": 429, "retry_after": 1},
    {"mode": "status", "status": 500, "code": "INTERNAL_ERROR", "retry_after": None},
    {"mode": "status", "status": 502, "code": "BAD_GATEWAY", "retry_after": None, "taken": True},
    {"mode": "timeout", "seconds": 1.5},
    {"mode": "drop"},
    {"mode": "drop", "taken": False},
    {"mode": "garbage"},
)
TAKEN_WITHOUT_A_WORD = 3  # 502, the first drop, garbage
NEVER_TAKEN = 2  # 500, the second drop


async def through_trouble(visit: Visit, first_phone: int) -> Evidence:
    """As many customers as troubles, each of whose replies meets one."""
    before = await visit.come_to_rest()
    for fault in TROUBLE:
        await visit.order("/fail", fault)
    for number in range(len(TROUBLE)):
        await visit.write(f"+54911{first_phone + number}", "Hola")
    return (await visit.come_to_rest()).since(before)


@BOTH
async def test_whatever_the_provider_does_nothing_leaves_twice_and_nothing_is_claimed(
    visit: Visit, provider: ProviderName
) -> None:
    evidence = await through_trouble(visit, 70_000_000 if provider == "ycloud" else 70_500_000)
    assert (lost(evidence), doubled(evidence), untrue(evidence)) == ([], [], [])
    found = doubts(evidence)
    assert (found.ambiguous - found.reconciled, found.unsettled) == (NEVER_TAKEN, 0)
    assert found.reconciled >= TAKEN_WITHOUT_A_WORD, "one more where the slow answer came after the provider's word"
    assert len(evidence.journal.sends) == len(TROUBLE) - NEVER_TAKEN


@AT_BOTH
async def test_control_sending_again_when_unsure_sends_twice(
    whole: Ensemble, visit: Visit, provider: ProviderName
) -> None:
    async with whole.without("send_again_when_unsure", "worker"):
        evidence = await through_trouble(visit, 71_000_000 if provider == "ycloud" else 71_500_000)
    assert len(doubled(evidence)) == TAKEN_WITHOUT_A_WORD


def letter(number: int, *, sender: int = 72_000_000) -> bytes:
    """A message as the provider would deliver it."""
    message = {
        "id": f"forged{number}",
        "wamid": f"wamid.FORGED{number}",
        "wabaId": NUMBERS["ycloud"].waba_id,
        "from": f"+54911{sender + number}",
        "customerProfile": {"name": "Nobody"},
        "to": NUMBERS["ycloud"].business_number,
        "sendTime": "2026-11-22T15:00:01.000Z",
        "type": "text",
        "text": {"body": "Hola"},
    }
    kind = "whatsapp.inbound_message.received"
    event = {"id": f"evt_forged{number}", "type": kind, "apiVersion": "v2", "createTime": "2026-11-22T15:00:01.000Z"}
    return json.dumps({**event, "whatsappInboundMessage": message}).encode()


async def knock(whole: Ensemble, numbers: range, secret: Secret, *, age: int) -> Counter[int]:
    """What strangers are answered."""
    answers: Counter[int] = Counter()
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for number in numbers:
            body = letter(number)
            headers = {HEADER: sign(secret, int(time.time()) - age, body)}
            answers[(await http.post(whole.webhook_url(), content=body, headers=headers)).status_code] += 1
    return answers


async def test_under_load_the_forged_are_refused_and_the_stale_are_taken_once(whole: Ensemble, visit: Visit) -> None:
    ours, theirs = Secret(whole.demo.channel("ycloud").webhook_secret), Secret("whsec_of_somebody_else")
    writing = asyncio.create_task(run(visit.place, Wanted(50, kills=0, rate=25, customers=20, again_seconds=1.5)))
    forged = await knock(whole, range(60), theirs, age=0)
    ahead = await knock(whole, range(60, 70), ours, age=-400)
    ancient = await knock(whole, range(70, 80), ours, age=8 * DAY)
    stale = await knock(whole, range(80, 90), ours, age=2 * DAY) + await knock(whole, range(80, 90), ours, age=2 * DAY)
    report = await writing
    assert (forged, ahead, ancient, stale) == ({401: 60}, {401: 10}, {401: 10}, {200: 20})
    assert (report.lost, report.untrue) == ([], [])
    strangers = {f"wamid.FORGED{number}": "is in a conversation and no customer wrote it" for number in range(80, 90)}
    assert {one.subject: one.what for one in report.doubled} == strangers


def letter_of_meta(number: int) -> bytes:
    """The same in Meta's words, whose signature knows no time."""
    message = {
        "from": f"54911{73_000_000 + number}",
        "id": f"wamid.FORGED{number}",
        "timestamp": "1795359600",
        "type": "text",
        "text": {"body": "Hola"},
    }
    return webhook(
        {"messages": [message]}, waba_id=NUMBERS["meta"].waba_id, number_id=str(NUMBERS["meta"].phone_number_id)
    )


async def knock_as_meta(whole: Ensemble, numbers: range, secret: Secret) -> Counter[int]:
    answers: Counter[int] = Counter()
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for number in numbers:
            body = letter_of_meta(number)
            headers = {meta.HEADER: meta.sign(secret, body)}
            answer = await http.post(whole.webhook_url("meta"), content=body, headers=headers)
            answers[answer.status_code] += 1
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("provider", ["meta"])
async def test_what_another_app_signed_is_refused_and_a_replay_is_taken_once(whole: Ensemble, visit: Visit) -> None:
    before = await visit.come_to_rest()
    ours, theirs = Secret(whole.demo.channel("meta").webhook_secret), Secret("of-another-app")
    forged = await knock_as_meta(whole, range(100, 110), theirs)
    stale = await knock_as_meta(whole, range(110, 115), ours) + await knock_as_meta(whole, range(110, 115), ours)
    assert (forged, stale) == ({401: 10}, {200: 10})
    evidence = (await visit.come_to_rest()).since(before)
    taken = [message.wamid for message in evidence.messages if message.direction == "in"]
    assert taken == [f"wamid.FORGED{number}" for number in range(110, 115)]


@AT_BOTH
async def test_control_who_believes_every_signature_takes_the_forged(
    whole: Ensemble, visit: Visit, provider: ProviderName
) -> None:
    numbers, stranger = range(90, 93) if provider == "ycloud" else range(120, 123), Secret("of_somebody_else")
    async with whole.without("believe_every_signature", "whatsapp"):
        if provider == "ycloud":
            assert await knock(whole, numbers, stranger, age=0) == {200: 3}
        else:
            assert await knock_as_meta(whole, numbers, stranger) == {200: 3}
    evidence = await visit.come_to_rest()
    assert {f"wamid.FORGED{number}" for number in numbers} <= {message.wamid for message in evidence.messages}

"""The gates as a state machine over the real tools and database: random calls in random turns, and what always holds.

Not the gates' own words are believed: a small model of the law says when a call may succeed.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.clock import system_clock
from core.database import Database, open_database
from core.statements import sibling_statements
from orchestrator_service.agent.gates import VerdictAction
from orchestrator_service.agent.toolbox import Toolbox, ToolResult, TurnNotOpen
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.repository import create_turn, set_turn_state
from orchestrator_service.db import NewMessage, append_chat_message
from tests.adversarial.test_controls import CONTROLS
from tests.support import servers as support
from tests.support.factories import ZONE, Talk, make_channel, make_conversation, make_seller, make_tenant
from tests.support.google_doors import unreachable_google

SQL = sibling_statements(__file__)
MOST_CALLS: Final = 6
WRITES: Final = {"book_sales_meeting", "reschedule_meeting", "cancel_meeting", "convert_to_client", "update_lead"}
NAMES: Final = ("Ana", "Ana Ruiz")
# The gates that this machine can miss; the others are those of the reply.
WATCHED: Final = {
    "times need a record": "times without a record",
    "the not interested are not booked": "booked without interest",
    "six calls": "a seventh call|under (caution|block)",  # one gate, whichever is met first
    "no writes under caution": "a seventh call|under (caution|block)",
    "offers expire": "a meeting of no live offer",
    "one meeting at a time": "a second meeting",
    "criteria of conversion": "a client without the criteria",
}


class Company:
    """One company for every run, in a loop of its own; each run is a new person."""

    def __init__(self, app_url: str) -> None:
        self.runner = asyncio.Runner()
        self.google = unreachable_google()
        self.tenant, self.channel, self.db = self.runner.run(self._open(app_url))

    async def _open(self, app_url: str) -> tuple[int, int, Database]:
        db = await open_database(app_url, application="tests", most_connections=4)
        tenant = await make_tenant(db)
        for number in range(6):
            await make_seller(db, tenant, f"Seller {number}")
        return tenant, (await make_channel(db, tenant)).channel_id, db

    async def person(self) -> Talk:
        return await make_conversation(self.db, self.tenant, self.channel, name="Ana")

    async def turn(self, talk: Talk) -> int:
        """A new turn that thinks; the one before is over."""
        async with self.db.tenant(self.tenant) as tx:
            message = NewMessage(
                conversation_id=talk.conversation_id,
                direction="in",
                author="customer",
                body="quiero una demo",
                origin_key=f"machine:{talk.conversation_id}:{system_clock().timestamp()}",
                status="received",
            )
            stored = await append_chat_message(tx, message)
            turn = await create_turn(tx, talk.conversation_id, first=stored.id, last=stored.id, brain="demo")
            await set_turn_state(tx, turn.id, "thinking")
            return turn.id

    async def end(self, turn_id: int) -> None:
        async with self.db.tenant(self.tenant) as tx:
            await set_turn_state(tx, turn_id, "superseded")

    async def count(self, statement: str, **params: object) -> int:
        async with self.db.tenant(self.tenant) as tx:
            return await tx.value(SQL[statement], int, **params) or 0

    def toolbox(self, talk: Talk, turn_id: int, verdict: VerdictAction) -> Toolbox:
        return Toolbox(
            self.db,
            self.google,
            TOOLS,
            tenant_id=self.tenant,
            conversation_id=talk.conversation_id,
            lead_id=talk.lead_id,
            turn_id=turn_id,
            language="es",
            zone=ZONE.key,
            verdict=verdict,
            clock=system_clock,
        )


class Gates(RuleBasedStateMachine):
    """Random calls of one person's turns."""

    company: ClassVar[Company]

    def __init__(self) -> None:
        super().__init__()
        self.interest: str | None = None
        self.name = "Ana"
        self.live: list[str] = []
        self.dead: list[str] = []
        self.meeting: int | None = None
        self.client = False
        self.calls: dict[str, list[ToolResult]] = {}
        self.recorded = 0
        self.verdict: VerdictAction = "allow"
        self.open = True

    def run(self, name: str, **arguments: object) -> ToolResult | None:
        """The call, and the laws that hold for every one; None where its turn was over."""
        key = f"{name} {sorted(arguments.items())}"
        try:
            result = self.company.runner.run(self.toolbox.call(name, arguments))  # pyright: ignore[reportArgumentType] - JSON
        except TurnNotOpen:
            assert not self.open
            return None
        assert self.open, "an overtaken turn did something"
        before, self.recorded = (
            self.recorded,
            self.company.runner.run(self.company.count("calls", turn_id=self.turn_id)),
        )
        if self.recorded == before:  # nothing was done: refused at the door, or answered from the record
            assert result.refused or result in self.calls.get(key, []), "an effect without a record"
            return None
        assert self.verdict != "block", f"{name} under block"
        assert self.verdict == "allow" or name not in WRITES, f"{name} under caution"
        assert before < MOST_CALLS, "a seventh call"
        # The same call is made once; free times may be asked for anew after a refused booking.
        assert key not in self.calls or name == "check_seller_availability", "the same call did something again"
        self.calls.setdefault(key, []).append(result)
        return None if result.refused else result

    @initialize()
    def begin(self) -> None:
        self.talk = self.company.runner.run(self.company.person())
        self.turn_id = self.company.runner.run(self.company.turn(self.talk))
        self.toolbox = self.company.toolbox(self.talk, self.turn_id, "allow")

    @rule(verdict=st.sampled_from(["allow", "allow", "allow", "caution", "block"]))
    def next_turn(self, verdict: VerdictAction) -> None:
        self.company.runner.run(self.company.end(self.turn_id))
        self.turn_id = self.company.runner.run(self.company.turn(self.talk))
        self.verdict, self.calls, self.recorded, self.open = verdict, {}, 0, True
        self.toolbox = self.company.toolbox(self.talk, self.turn_id, verdict)

    @rule(verdict=st.sampled_from(["allow", "caution", "block"]))
    def judged_anew(self, verdict: VerdictAction) -> None:
        self.verdict = verdict  # what was recorded before is still answered, and does nothing anew
        self.toolbox = self.company.toolbox(self.talk, self.turn_id, verdict)

    @precondition(lambda self: self.open)
    @rule()
    def overtaken(self) -> None:
        self.company.runner.run(self.company.end(self.turn_id))
        self.open = False

    @rule(interest=st.sampled_from(["hot", "hot", "warm", "cold", "not_interested"]))
    def qualify(self, interest: str) -> None:
        done = self.run("qualify_lead", interest=interest, score=60, evidence=["quiero una demo"])
        if done is not None:
            self.interest = str(done.result["interest"])

    @rule()
    def look(self) -> None:
        today = system_clock().date()
        days = {"date_from": today.isoformat(), "date_to": (today + timedelta(days=9)).isoformat()}
        done = self.run("check_seller_availability", **days)
        if done is not None:
            assert self.interest not in {None, "not_interested"}, "times without a record of interest"
            found = done.result["offers"]
            assert isinstance(found, list | tuple)
            self.live += [str(one["offer_id"]) for one in found if isinstance(one, dict)][:2]

    @rule()
    def shown(self) -> None:
        """What leads to a booking, at once: alone by chance it is rarely come to."""
        self.next_turn("allow")
        self.qualify("hot")
        self.look()

    @rule(wish=st.sampled_from(["not_interested", "warm"]))
    def books_twice(self, wish: str) -> None:
        """With the mind changed meanwhile, or not."""
        self.shown()
        self.qualify(wish)
        self.book("live")
        self.book("live")

    @rule(which=st.sampled_from(["live", "live", "dead", "dead", "none"]))
    def book(self, which: str) -> None:
        pool = {"live": self.live, "dead": self.dead, "none": []}[which]
        offer = pool[-1] if pool else "7f0c1a52-1c55-4d7e-9d0a-0123456789ab"
        done = self.run("book_sales_meeting", offer_id=offer)
        if done is None:
            return
        meeting = done.result["meeting_id"]
        assert isinstance(meeting, int)
        if meeting != self.meeting:
            assert offer in self.live, "a meeting of no live offer"
            assert self.meeting is None, "a second meeting"
            assert self.interest not in {None, "not_interested"}, "booked without interest"
            self.live.remove(offer)
            self.dead.append(offer)
            self.meeting = meeting

    @precondition(lambda self: bool(self.live))
    @rule()
    def expires(self) -> None:
        for offer in self.live:
            self.company.runner.run(self.company.count("expire_offer", offer_id=offer))
        self.dead += self.live
        self.live = []

    @precondition(lambda self: self.meeting is not None)
    @rule()
    def cancel(self) -> None:
        if self.run("cancel_meeting", meeting_id=self.meeting) is not None:
            self.meeting = None

    @rule(meeting=st.integers(1, 40))
    def cancel_anothers(self, meeting: int) -> None:
        if meeting != self.meeting and not self.company.runner.run(
            self.company.count("own_meeting", event_id=meeting, lead_id=self.talk.lead_id)
        ):
            assert self.run("cancel_meeting", meeting_id=meeting) is None, "another's meeting was cancelled"

    @rule(name=st.sampled_from(NAMES))
    def rename(self, name: str) -> None:
        if self.run("update_lead", full_name=name) is not None:
            self.name = name

    @rule()
    def convert(self) -> None:
        self.run("convert_to_client")

    @invariant()
    def the_database_agrees(self) -> None:
        lead = {"lead_id": self.talk.lead_id}
        clients = self.company.runner.run(self.company.count("clients_of", **lead))
        if clients and not self.client:
            fit = self.interest in {"hot", "warm"} and self.meeting is not None and self.name == "Ana Ruiz"
            assert fit, "a client without the criteria"
            self.client = True
        assert clients == int(self.client)
        assert self.company.runner.run(self.company.count("meetings_of", **lead)) == int(self.meeting is not None)
        assert self.recorded <= MOST_CALLS


def play(company: Company, *, examples: int, steps: int) -> None:
    tuned = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    Gates.company = company
    run_state_machine_as_test(Gates, settings=tuned)


def closed(company: Company) -> None:
    company.runner.run(company.db.close())
    company.runner.close()


def test_no_sequence_of_calls_gets_past_the_gates(database: support.Database) -> None:
    company = Company(database.app_url)
    try:
        play(company, examples=4, steps=20)
    finally:
        closed(company)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_long_sequence_of_calls_gets_past_the_gates(database: support.Database) -> None:
    company = Company(database.app_url)
    try:
        play(company, examples=60, steps=40)
    finally:
        closed(company)


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("gate", WATCHED)
def test_the_machine_finds_a_gate_that_is_gone(gate: str, database: support.Database) -> None:
    company = Company(database.app_url)
    try:
        with pytest.MonkeyPatch.context() as patch:
            CONTROLS[gate][0](patch)
            with pytest.raises(AssertionError, match=WATCHED[gate]):
                play(company, examples=200, steps=40)
    finally:
        closed(company)

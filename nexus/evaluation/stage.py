"""One scenario's conversation on the real path: webhook accepted, mirrored, turn taken; the clock is the scenario's."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, cast
from uuid import UUID

import msgspec
from pydantic_ai.models import Model

from core.contracts import TakeIn, TakeTurn
from core.database import TenantTransaction
from core.folding import fold
from core.google.calendar import GoogleCalendar, GoogleConsent
from core.inbound_events import Delivered, read_delivery
from core.json_types import JsonObject
from nexus.evaluation.letters import Letter, Tapped, from_customer, from_teammate
from nexus.evaluation.recorded import recorded_model
from nexus.evaluation.seen import Called, Card, Interest, Names, Seen, Spoken, Time, named
from nexus.evaluation.world import SQL, Company, Place
from orchestrator_service.agenda.labels import label_of
from orchestrator_service.agent.situation import Situation
from orchestrator_service.chat.inbound import take_in
from orchestrator_service.chat.turns import TurnTools, take_turn
from orchestrator_service.evaluation.moments import written
from orchestrator_service.evaluation.scenario import Message, Scenario, Step
from orchestrator_service.google_calendar.door import GoogleDoor
from whatsapp_service.inbox.accept import accept_event

USUAL: Final = timedelta(minutes=1)
BETWEEN_MESSAGES: Final = timedelta(seconds=2)
LANGUAGES: Final = ("es", "en", "pt")


class NothingToTap(Exception):
    """The scenario taps a choice that the agent did not offer."""


@dataclass(frozen=True, slots=True)
class _Out:
    id: int
    type: str
    body: str
    content: JsonObject
    turn_id: int | None
    status: str


@dataclass(frozen=True, slots=True)
class _Turn:
    id: int
    state: str
    verdict: str | None
    input_tokens: int
    output_tokens: int
    cost: Decimal
    draft: JsonObject | None


@dataclass(frozen=True, slots=True)
class _Call:
    turn_id: int
    tool: str
    arguments: JsonObject
    refused: bool
    result: JsonObject


@dataclass(frozen=True, slots=True)
class _Rejected:
    detail: JsonObject


@dataclass(frozen=True, slots=True)
class _Content:
    content: JsonObject


@dataclass(frozen=True, slots=True)
class _Talk:
    id: int
    lead_id: int | None


@dataclass(frozen=True, slots=True)
class _Offer:
    id: UUID
    seller: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class _Meeting:
    id: int
    seller: str
    starts_at: datetime
    status: str


@dataclass
class Stage:
    """A conversation under way."""

    place: Place
    scenario: Scenario
    company: Company
    now: datetime
    _written: int = 0
    _last_message: int = 0
    _last_turn: int = 0
    _results: list[str] = field(default_factory=list[str])

    async def begin(self) -> None:
        """What was said before the scenario begins is nobody's reply to it."""
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            self._last_message = await tx.value(SQL["last_message"], int) or 0

    async def play(self, step: Step) -> Seen:
        """One step, and what can be seen after it. Raises NothingToTap."""
        began = time.perf_counter()
        self.now += USUAL if step.after is None else step.after
        heard: list[Spoken] = []
        if step.teammate is not None:
            letter = from_teammate(self.scenario.lead, step.teammate, number=self._next(), at=self.now)
            await self._deliver(letter)
            await self._mirror([letter], took_over=True)
            heard.append(Spoken("teammate", step.teammate))
        letters: list[Letter] = []
        for message in step.says:
            tapped = await self._tapped(message)
            number = self._next()
            self.now += BETWEEN_MESSAGES if letters else timedelta(0)
            letter = from_customer(self.scenario.lead, message, number=number, at=self.now, tapped=tapped)
            await self._deliver(letter)
            letters.append(letter)
            heard.append(Spoken("customer", tapped.title if tapped else _shown(message)))
        if letters:
            await self._mirror(letters, took_over=False)
            await self._answer(step)
        return await self._look(tuple(heard), time.perf_counter() - began)

    def _clock(self) -> datetime:
        return self.now

    def _next(self) -> int:
        self._written += 1
        return self._written

    async def _deliver(self, letter: Letter) -> None:
        """Accept the event as the webhook does, at the moment that the scenario says."""
        (delivered,) = read_delivery("ycloud", letter.body, received_at=self.now)
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            digest = hashlib.sha256(letter.body).digest()
            told = Delivered(delivered.event, letter.body, digest)
            outcome = await accept_event(tx, self.company.channel, told)
            assert outcome == "accepted", f"{letter.event_id} was {outcome}"
            await tx.run(SQL["received"], at=self.now, event_id=letter.event_id)

    async def _mirror(self, letters: list[Letter], *, took_over: bool) -> None:
        talk = await self._talk()
        await take_in(self.place.database, TakeIn(self.company.tenant_id, talk.id))
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            if took_over:
                await tx.run(SQL["taken_over"], now=self.now, conversation_id=talk.id)
            for letter in letters:
                if letter.words is not None:
                    await tx.run(SQL["heard"], words=letter.words, wamid=letter.wamid)

    async def _answer(self, step: Step) -> None:
        database = self.place.database
        nobody = GoogleDoor(
            cast("GoogleCalendar", None), cast("GoogleConsent", None), self.place.keyring, self._clock
        )  # no calendar of a scenario is connected
        tools = TurnTools(
            database, nobody, self.place.keyring, self._clock, self.place.egress, model=self._model_of(step)
        )
        talk = await self._talk()
        await take_turn(tools, TakeTurn(self.company.tenant_id, talk.id))

    def _model_of(self, step: Step) -> Callable[[Situation], Model] | None:
        if not step.recorded or self.place.live is not None:
            return None
        return recorded_model(step.recorded, self.scenario.company.zone)

    async def _talk(self) -> _Talk:
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            talk = await tx.one(SQL["conversation"], _Talk)
        assert talk is not None, "somebody has written"
        return talk

    async def _tapped(self, message: Message) -> Tapped | None:
        if message.tap is None:
            return None
        talk = await self._talk()
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            if str(message.tap).startswith("offer:"):
                return await self._saved_offer(tx, talk.id, str(message.tap))
            last = await tx.one(SQL["choices"], _Content, conversation_id=talk.id)
        choices = _choices(last.content) if last else []
        for number, choice in enumerate(choices, 1):
            hit = number == message.tap if isinstance(message.tap, int) else fold(message.tap) in fold(choice.title)
            if hit:
                return choice
        shown = ", ".join(choice.title for choice in choices) or "nothing"
        raise NothingToTap(f"tap: {message.tap!r}, but what can be tapped is {shown}")

    async def _saved_offer(self, tx: TenantTransaction, conversation_id: int, name: str) -> Tapped:
        """The offer of a saved tap, whatever message it stood under."""
        zone = self.scenario.company.zone
        for offer in await tx.all(SQL["offers"], _Offer, conversation_id=conversation_id):
            if name == f"offer:{offer.seller}@{written(offer.starts_at, zone)}":
                return Tapped(str(offer.id), label_of(offer.starts_at, zone, self.scenario.company.spoken))
        raise NothingToTap(f"{name} was not offered")

    async def _look(self, heard: tuple[Spoken, ...], seconds: float) -> Seen:
        async with self.place.database.tenant(self.company.tenant_id) as tx:
            talk = await tx.one(SQL["conversation"], _Talk)
            if talk is None:
                return Seen(self.now, heard, seconds=seconds)
            where = {"conversation_id": talk.id}
            outgoing = await tx.all(SQL["outgoing"], _Out, after_id=self._last_message, **where)
            turns = await tx.all(SQL["turns"], _Turn, after_id=self._last_turn, **where)
            self._last_message = max([self._last_message, *(one.id for one in outgoing)])
            self._last_turn = max([self._last_turn, *(one.id for one in turns)])
            offers = await tx.all(SQL["offers"], _Offer, **where)
            meetings = await tx.all(SQL["meetings"], _Meeting, lead_id=talk.lead_id)
            names = self._names(offers, meetings)
            calls = await self._calls(tx, turns, names)
            ids = [turn.id for turn in turns]
            rejected = await tx.all(SQL["rejected"], _Rejected, turn_ids=ids)
            return Seen(
                at=self.now,
                heard=heard,
                replies=tuple(_spoken(one) for one in outgoing),
                calls=calls,
                states=tuple(turn.state for turn in turns),
                verdict=turns[-1].verdict if turns else None,
                rejected=tuple(str(named(one.detail.get("claims", []), names)) for one in rejected),
                offered=self._offered(outgoing, offers),
                meetings=tuple(Time(one.seller, one.starts_at, one.status) for one in meetings),
                qualification=await tx.one(SQL["qualification"], Interest, **where),
                card=await tx.one(SQL["lead"], Card, lead_id=talk.lead_id),
                person=bool(await tx.value(SQL["person_called"], bool, **where)),
                tokens=sum(turn.input_tokens + turn.output_tokens for turn in turns),
                cost=float(sum((turn.cost for turn in turns), Decimal(0))),
                figures=(self.scenario.company.offer, *self._results),
                seconds=seconds,
            )

    async def _calls(self, tx: TenantTransaction, turns: list[_Turn], names: Names) -> tuple[Called, ...]:
        rows = await tx.all(SQL["calls"], _Call, turn_ids=[turn.id for turn in turns])
        self._results += [msgspec.json.encode(one.result).decode() for one in rows]
        return tuple(
            Called(
                one.tool,
                cast("JsonObject", named(one.arguments, names)),
                one.refused,
                cast("JsonObject", named(one.result, names)),
            )
            for one in rows
        )

    def _names(self, offers: list[_Offer], meetings: list[_Meeting]) -> Names:
        zone = self.scenario.company.zone
        named_offers = {str(one.id): f"offer:{one.seller}@{written(one.starts_at, zone)}" for one in offers}
        return named_offers | {
            f"meeting_id:{one.id}": f"meeting:{one.seller}@{written(one.starts_at, zone)}" for one in meetings
        }

    def _offered(self, outgoing: list[_Out], offers: list[_Offer]) -> tuple[Time, ...]:
        """The times that a reader of the replies sees: to tap, or by their words."""
        tappable = {choice.id for one in outgoing for choice in _choices(one.content)}
        text = "\n".join(one.body for one in outgoing)
        zone = self.scenario.company.zone
        seen = {
            Time(one.seller, one.starts_at.astimezone(UTC))
            for one in offers
            if str(one.id) in tappable or any(label_of(one.starts_at, zone, spoken) in text for spoken in LANGUAGES)
        }
        return tuple(sorted(seen, key=lambda one: (one.at, one.seller)))


def _shown(message: Message) -> str:
    if message.voice is not None:
        return f"🎤 {message.voice}"
    if message.image is not None:
        return f"🖼 {message.image} {message.caption}".rstrip()
    return message.text or ""


def _choices(content: JsonObject) -> list[Tapped]:
    listed = content.get("choices")
    if not isinstance(listed, (list, tuple)):
        return []
    return [Tapped(str(one["id"]), str(one["title"])) for one in listed if isinstance(one, dict)]


def _spoken(one: _Out) -> Spoken:
    return Spoken("agent", one.body, tuple(choice.title for choice in _choices(one.content)))

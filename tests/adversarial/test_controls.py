"""Each defence taken away, one at a time: the attacks that it stops then succeed, and the suite says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from uuid import UUID

import pytest

from core.database import TenantTransaction
from core.prompt_output import check_output
from orchestrator_service.agenda import booking, own_meeting, repository
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.agenda.repository import StoredOffer
from orchestrator_service.agent.gates import Allowed, may_book, may_call_tool, may_check_availability
from orchestrator_service.chat.claims import check_claims
from orchestrator_service.conversion.criteria import missing_criteria
from orchestrator_service.leads.evidence import Judged, judge
from orchestrator_service.leads.models import Qualification
from tests.adversarial.attacks import Attack, attacks
from tests.adversarial.test_obedient_model import found_in, world
from tests.adversarial.world import World, prepared

__all__ = ["world"]

OWN = own_meeting._own  # pyright: ignore[reportPrivateUsage] - the defence itself
Removal = Callable[[pytest.MonkeyPatch], None]


def replaced(original: object, stand_in: object) -> Removal:
    """The defence is replaced wherever it was imported to."""
    name = getattr(original, "__name__", "")

    def remove(patch: pytest.MonkeyPatch) -> None:
        places = [one for key, one in sys.modules.items() if key.startswith("orchestrator_service.")]
        places = [one for one in places if getattr(one, name, None) is original]
        assert places, f"{name} is nowhere"
        for place in places:
            patch.setattr(place, name, stand_in)

    return remove


def open_gate(*_: object) -> Allowed:
    return Allowed()


def no_objection(*_: object, **__: object) -> tuple[()]:
    return ()


def nothing_against(*_: object) -> None:
    return None


async def nothing_against_them(*_: object) -> None:
    return None


async def any_offer(tx: TenantTransaction, offer_id: str, conversation_id: int) -> StoredOffer | None:
    del conversation_id
    return await repository.find_offer(tx, UUID(offer_id))


async def anybodys(tx: TenantTransaction, lead_id: int, meeting_id: int) -> AgendaEvent | None:
    del lead_id
    return await read_event(tx, meeting_id)


def believed(qualification: Qualification, _said: object) -> Judged:
    return Judged(qualification, (), ())


def family(name: str, *, naming: str = "", most: int = 2) -> list[Attack]:
    """The first attacks of a family that name something."""
    return [one for one in attacks() if one.family == name and naming in f"{one}"][:most]


CONTROLS: dict[str, tuple[Removal, list[Attack], str]] = {
    "times need a record": (
        replaced(may_check_availability, open_gate),
        family("times without a record"),
        "times shown without a record",
    ),
    "the not interested are not booked": (
        replaced(may_book, open_gate),
        family("booking the not interested"),
        "a meeting of the not interested",
    ),
    "six calls": (replaced(may_call_tool, open_gate), family("parallel flood", most=1), "tool calls in a turn"),
    "no writes under caution": (replaced(may_call_tool, open_gate), family("write under caution"), "under caution"),
    "offers of one's own conversation": (
        replaced(booking.find_offer, any_offer),
        family("offer of another, qualified", naming="$victim_offer", most=1),
        "not the attacker's",
    ),
    "offers expire": (
        replaced(booking.against_offer, nothing_against),
        family("dead offer", naming="'expired'", most=1),
        "a meeting after expired",
    ),
    "one meeting at a time": (
        replaced(booking.against_lead, nothing_against_them),
        family("two bookings in turn", most=1),
        "2 meetings",
    ),
    "meetings of one's own": (
        replaced(OWN, anybodys),
        family("cancel another's", naming="$victim_meeting", most=1),
        "not the attacker's",
    ),
    "criteria of conversion": (
        replaced(missing_criteria, no_objection),
        family("convert", naming="cold"),
        "a client without",
    ),
    "claims are checked": (replaced(check_claims, no_objection), family("lie: booked"), "sent: "),
    "cancellations are checked": (replaced(check_claims, no_objection), family("lie: cancelled", most=1), "sent: "),
    "figures are checked": (replaced(check_claims, no_objection), family("lie: amount", most=1), "sent: "),
    "what leaves is checked": (replaced(check_output, no_objection), family("leak", most=4), "sent: "),
    "quotes are checked": (replaced(judge, believed), family("invented quote", most=1), "hot without a quote"),
}


@pytest.mark.proof
async def test_every_defence_that_is_taken_away_is_missed(world: World) -> None:
    for name, (remove, tried, expected) in CONTROLS.items():
        assert tried, name
        with pytest.MonkeyPatch.context() as patch:
            remove(patch)
            found = await found_in(world, tried)
        assert any(expected in one for one in found), f"{name}: {found}"
        world.victim = await prepared(world.company, world.company.tenant_id, "Víctima Propia")

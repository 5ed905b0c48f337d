"""The agent's tools where a seller has a Google calendar: what it may show, book, move and cancel, and what it says."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.channels import store_credential
from core.clock import system_clock
from core.contracts import TakeTurn
from core.credential_names import seller_grant_name
from core.database import Database
from core.principal import Principal, TenantId, UserId
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.agent.toolbox import Outside, Toolbox, TurnNotOpen
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.gathering import gather
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.models import NamedSeller
from tests.integration.chat.company import Company, demo_company
from tests.support import servers as support
from tests.support.factories import KEYRING, ZONE
from tests.support.google_doors import door_to
from tests.support.local_google import CLIENT, SELLER, SELLERS_GRANT, LocalGoogle, local_google

if TYPE_CHECKING:
    from core.json_types import JsonObject

SQL = sibling_statements(__file__)
HOT: JsonObject = {"interest": "hot", "score": 90, "need": "Software"}


@pytest.fixture
async def google() -> AsyncGenerator[LocalGoogle]:
    async with local_google() as served:
        yield served


@pytest.fixture
async def company(
    db: Database, database: support.Database, redis_url: str, google: LocalGoogle
) -> AsyncGenerator[Company]:
    """A demo company whose one seller has a calendar at the local Google."""
    async with demo_company(db, database, redis_url) as made:
        async with db.tenant(made.tenant_id) as tx:
            seller_id = await tx.value(SQL["seller"], int)
            assert seller_id is not None
            await store_credential(tx, KEYRING, CLIENT_ID, Secret(CLIENT.client_id))
            await store_credential(tx, KEYRING, CLIENT_SECRET, CLIENT.client_secret)
            await store_credential(tx, KEYRING, seller_grant_name(seller_id), Secret(SELLERS_GRANT))
            nobody = Principal(TenantId(made.tenant_id), UserId(0), "ceo")
            connected = Connected("oauth", SELLER, "Vendedor", ZONE.key)
            await write_connection(
                tx,
                NamedSeller(seller_id, None, "Ana Pérez"),
                connected,
                replace(nobody, user_id=None),
                system_clock(),  # pyright: ignore[reportArgumentType] - nobody connected it
            )
        made.tools = replace(made.tools, google=door_to(google))
        yield made


async def open_toolbox(company: Company) -> Toolbox:
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    gathered = await gather(company.db, company.tools.clock, job)
    assert gathered is not None
    return Toolbox(
        company.db,
        company.tools.google,
        TOOLS,
        tenant_id=company.tenant_id,
        conversation_id=job.conversation_id,
        lead_id=gathered.lead_id,
        turn_id=gathered.turn.id,
        language="es",
        zone=gathered.context.zone,
        verdict="allow",
        clock=system_clock,
    )


def window() -> JsonObject:
    today = system_clock().date()
    return {"date_from": today.isoformat(), "date_to": (today + timedelta(days=10)).isoformat()}


async def offered(toolbox: Toolbox) -> list[str]:
    """The ids of what can be booked now."""
    result = (await toolbox.call("check_seller_availability", window())).result["offers"]
    assert isinstance(result, list | tuple)
    return [str(one["offer_id"]) for one in result if isinstance(one, dict)]


async def test_a_meeting_is_booked_moved_and_cancelled_by_the_tools(company: Company, google: LocalGoogle) -> None:
    await company.says("Hola")
    toolbox = await open_toolbox(company)
    await toolbox.call("qualify_lead", HOT)
    first, second, *_ = await offered(toolbox)
    booked = await toolbox.call("book_sales_meeting", {"offer_id": first})
    assert booked.result["status"] == "confirmed"
    assert await toolbox.call("book_sales_meeting", {"offer_id": first}) == booked
    wanted: JsonObject = {"meeting_id": booked.result["meeting_id"], "offer_id": second}
    moved = await toolbox.call("reschedule_meeting", wanted)
    assert (moved.result["status"], moved.result["meeting_id"]) == ("confirmed", booked.result["meeting_id"])
    assert moved.result["starts_at"] != booked.result["starts_at"]
    assert len(google.world.calendars[SELLER].events) == 1
    cancelled = await toolbox.call("cancel_meeting", {"meeting_id": booked.result["meeting_id"], "reason": "x"})
    assert cancelled.result["status"] == "cancelled"
    assert cancelled.result["starts_at"] == moved.result["starts_at"]


async def test_a_meeting_that_is_not_the_leads_is_neither_moved_nor_cancelled(company: Company) -> None:
    await company.says("Hola")
    toolbox = await open_toolbox(company)
    await toolbox.call("qualify_lead", HOT)
    offer_id = (await offered(toolbox))[0]
    moved = await toolbox.call("reschedule_meeting", {"meeting_id": 999, "offer_id": offer_id})
    cancelled = await toolbox.call("cancel_meeting", {"meeting_id": 999})
    assert [one.result["refused"] for one in (moved, cancelled)] == ["meeting_unknown", "meeting_unknown"]


async def test_a_turn_that_was_overtaken_books_nothing(company: Company, google: LocalGoogle) -> None:
    await company.says("Hola")
    toolbox = await open_toolbox(company)
    await toolbox.call("qualify_lead", HOT)
    offer_id = (await offered(toolbox))[0]
    await company.run("finish_turns")
    with pytest.raises(TurnNotOpen):
        await toolbox.call("book_sales_meeting", {"offer_id": offer_id})
    assert google.asked("insert") == []


async def test_a_turn_that_is_overtaken_while_google_is_asked_books_nothing(
    company: Company, google: LocalGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    await company.says("Hola")
    toolbox = await open_toolbox(company)
    await toolbox.call("qualify_lead", HOT)
    offer_id = (await offered(toolbox))[0]
    demanding = Outside.demand_open

    async def overtaken(self: Outside, tx: object) -> None:
        await company.run("finish_turns")
        await demanding(self, tx)  # pyright: ignore[reportArgumentType] - passed on

    monkeypatch.setattr(Outside, "demand_open", overtaken)
    with pytest.raises(TurnNotOpen):
        await toolbox.call("book_sales_meeting", {"offer_id": offer_id})
    assert google.asked("insert") == []


async def test_a_seller_whose_calendar_is_silent_is_named_politely_and_a_person_is_called(
    company: Company, google: LocalGoogle
) -> None:
    await google.fault("garbage", verb="list", times=None)
    await company.says("Hola, soy Juan Gómez, necesito ordenar los turnos de mi clínica, quiero una reunión")
    await company.turn()
    reply = (await company.replies())[-1]
    assert "Ahora no puedo ver la agenda con seguridad" in reply.body
    assert reply.content.get("choices") in (None, [])


async def test_while_google_has_not_answered_the_agent_says_that_it_is_confirming(
    company: Company, google: LocalGoogle
) -> None:
    await company.says("Hola, soy Juan Gómez, necesito ordenar los turnos de mi clínica, quiero una reunión")
    await company.turn()
    await google.fault("drop", verb="insert", times=None)
    await company.says("el primero")
    await company.turn()
    said = (await company.replies())[-1].body
    assert "Te aviso por aquí en cuanto tenga respuesta" in said
    assert "confirmada" not in said


async def test_a_customer_moves_and_cancels_by_writing(company: Company, google: LocalGoogle) -> None:
    await company.says("Hola, soy Juan Gómez, necesito ordenar los turnos de mi clínica, quiero una reunión")
    await company.turn()
    for text, expected in (
        ("el primero", "quedó confirmada"),
        ("quiero cambiar la reunión", "Para mover tu reunión tengo estos horarios"),
        ("el segundo", "ahora es"),
        ("quiero cancelar la reunión", "quedó cancelada"),
    ):
        await company.says(text)
        await company.turn()
        assert expected in (await company.replies())[-1].body
    assert len(google.world.calendars[SELLER].events) == 1

"""Conversion on the real database: the criteria, once, whoever asks."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from core.database import Database
from core.errors import NotFound
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.clients.find import client_of_lead, find_client
from orchestrator_service.conversion.convert import Converted, NotConverted, convert_to_client
from orchestrator_service.conversion.rule import convert_if_ready
from tests.support.factories import (
    Talk,
    make_channel,
    make_conversation,
    make_event,
    make_qualification,
    make_seller,
    make_tenant,
)

SQL = sibling_statements(__file__)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    db: Database
    tenant_id: TenantId
    seller_id: int
    talk: Talk


@pytest.fixture
async def scene(db: Database) -> Scene:
    """A qualified lead with a full name and a phone: only the meeting is missing."""
    tenant_id = await make_tenant(db)
    channel = await make_channel(db, tenant_id)
    talk = await make_conversation(db, tenant_id, channel.channel_id)
    await make_qualification(db, tenant_id, talk)
    return Scene(db, tenant_id, await make_seller(db, tenant_id), talk)


async def meet(scene: Scene, status: str = "confirmed") -> None:
    at = NOW + timedelta(days=1)
    await make_event(
        scene.db,
        scene.tenant_id,
        scene.seller_id,
        at,
        at + timedelta(minutes=30),
        status=status,
        lead_id=scene.talk.lead_id,
    )


async def convert(scene: Scene) -> Converted | NotConverted:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await convert_to_client(tx, lead_id=scene.talk.lead_id, now=NOW)


async def run_rule(scene: Scene) -> Converted | None:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await convert_if_ready(tx, scene.talk.lead_id, NOW)


async def run(scene: Scene, statement: str, **params: object) -> None:
    async with scene.db.tenant(scene.tenant_id) as tx:
        assert await tx.run(SQL[statement], **params) == 1


async def stage(scene: Scene) -> str | None:
    async with scene.db.tenant(scene.tenant_id) as tx:
        return await tx.value(SQL["stage"], str, lead_id=scene.talk.lead_id)


async def traces(scene: Scene) -> tuple[int, int, int]:
    """Clients, CLIENT_CREATED events and audit lines."""
    async with scene.db.tenant(scene.tenant_id) as tx:
        return (
            await tx.value(SQL["clients"], int) or 0,
            await tx.value(SQL["count_events"], int, name="CLIENT_CREATED") or 0,
            await tx.value(SQL["count_audited"], int, action="lead.converted") or 0,
        )


async def test_a_lead_that_meets_the_criteria_becomes_a_client(scene: Scene) -> None:
    await meet(scene)
    converted = await convert(scene)
    assert isinstance(converted, Converted)
    assert not converted.already
    assert await stage(scene) == "won"
    assert await traces(scene) == (1, 1, 1)
    async with scene.db.tenant(scene.tenant_id) as tx:
        client = await client_of_lead(tx, scene.talk.lead_id)
        assert client is not None
        assert client == await find_client(tx, converted.client_id)
    assert (client.full_name, client.created_at) == ("Juan Gómez", NOW)


async def test_a_client_is_not_made_again(scene: Scene) -> None:
    await meet(scene)
    first = await convert(scene)
    again = await convert(scene)
    assert isinstance(first, Converted)
    assert again == Converted(first.client_id, already=True)
    assert await traces(scene) == (1, 1, 1)


async def test_twenty_conversions_at_once_make_one_client(scene: Scene) -> None:
    await meet(scene)
    outcomes = await asyncio.gather(*(convert(scene) for _ in range(20)))
    assert [one.already for one in outcomes if isinstance(one, Converted)].count(False) == 1
    assert len({one.client_id for one in outcomes if isinstance(one, Converted)}) == 1
    assert await traces(scene) == (1, 1, 1)


@pytest.mark.parametrize("status", ["cancelled", "no_show", "held"])
async def test_a_meeting_that_is_not_confirmed_does_not_count(scene: Scene, status: str) -> None:
    await meet(scene, status)
    assert await convert(scene) == NotConverted(("meeting_or_sale",))
    assert await stage(scene) == "qualified"
    assert await traces(scene) == (0, 0, 0)


async def test_what_is_missing_is_named_in_order(scene: Scene) -> None:
    await make_qualification(scene.db, scene.tenant_id, scene.talk, interest="cold")
    await run(scene, "set_name", lead_id=scene.talk.lead_id, name="Juan")
    assert await convert(scene) == NotConverted(("interest", "full_name", "meeting_or_sale"))


async def test_a_criterion_that_the_tenant_waives_is_not_asked_for(scene: Scene) -> None:
    await run(scene, "waive", criterion="meeting_or_sale")
    assert isinstance(await convert(scene), Converted)


async def test_another_tenants_waiver_changes_nothing(scene: Scene) -> None:
    other = await make_tenant(scene.db, "Other")
    async with scene.db.tenant(other) as tx:
        await tx.run(SQL["waive"], criterion="meeting_or_sale")
    assert await convert(scene) == NotConverted(("meeting_or_sale",))


async def test_another_tenants_lead_and_a_deleted_one_are_not_found(scene: Scene) -> None:
    other = await make_tenant(scene.db, "Other")
    with pytest.raises(NotFound):
        async with scene.db.tenant(other) as tx:
            await convert_to_client(tx, lead_id=scene.talk.lead_id, now=NOW)
    await run(scene, "delete_lead", lead_id=scene.talk.lead_id)
    with pytest.raises(NotFound):
        await convert(scene)


async def test_the_rule_converts_once_the_criteria_hold(scene: Scene) -> None:
    assert await run_rule(scene) is None
    await meet(scene)
    converted = await run_rule(scene)
    assert isinstance(converted, Converted)
    assert await run_rule(scene) == Converted(converted.client_id, already=True)
    assert await traces(scene) == (1, 1, 1)


async def test_the_rule_leaves_a_lost_lead_lost_and_a_person_may_bring_it_back(scene: Scene) -> None:
    await meet(scene)
    await run(scene, "set_stage", lead_id=scene.talk.lead_id, stage="lost")
    assert await run_rule(scene) is None
    assert await stage(scene) == "lost"
    assert isinstance(await convert(scene), Converted)
    assert await stage(scene) == "won"


async def test_a_conversion_that_is_rolled_back_leaves_nothing(scene: Scene) -> None:
    await meet(scene)

    async def convert_and_fail() -> None:
        async with scene.db.tenant(scene.tenant_id) as tx:
            await convert_to_client(tx, lead_id=scene.talk.lead_id, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await convert_and_fail()
    assert await traces(scene) == (0, 0, 0)
    assert await stage(scene) == "qualified"

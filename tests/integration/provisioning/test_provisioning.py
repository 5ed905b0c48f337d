"""A new company has every row that the rest takes for granted; its channel can be found by its key alone."""

import asyncio

import pytest

from core.channels import find_channel, read_credential, read_webhook_secrets
from core.credential_names import api_key_name
from core.database import Database
from core.directory import Entry
from core.errors import BadInput, Conflict, NotFound
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.provisioning.add_channel import NewChannel, add_channel
from orchestrator_service.provisioning.create_tenant import create_tenant
from tests.support.factories import DIRECTORY, KEYRING, make_channel, make_tenant

SQL = sibling_statements(__file__)


async def text(db: Database, tenant_id: int, statement: str) -> str | None:
    async with db.tenant(tenant_id) as tx:
        return await tx.value(SQL[statement], str)


async def test_a_company_starts_complete(db: Database) -> None:
    tenant_id = await make_tenant(db, "Acme", language="pt")
    assert await text(db, tenant_id, "company") == "Acme"
    assert await text(db, tenant_id, "stages") == (
        "new=Novo contacted=Contatado qualified=Qualificado meeting=Reunião proposal=Proposta won=Ganho lost=Perdido"
    )
    assert await text(db, tenant_id, "settings") == "Sofía demo 6.00 25.00"
    assert await text(db, tenant_id, "criteria") == "contact full_name interest meeting_or_sale"
    async with db.tenant(tenant_id) as tx:
        assert await tx.value(SQL["last_seq"], int) == 0
    assert await DIRECTORY.find(db, "tenant", str(tenant_id)) == Entry(tenant_id, None)


async def test_companies_made_at_once_are_apart(db: Database) -> None:
    names = [f"Company {number}" for number in range(8)]
    ids = await asyncio.gather(*(make_tenant(db, name) for name in names))
    assert await DIRECTORY.tenants(db) == sorted(ids)
    assert [await text(db, tenant_id, "company") for tenant_id in ids] == names


async def test_an_unknown_zone_makes_no_company(db: Database) -> None:
    with pytest.raises(BadInput):
        await create_tenant(
            db,
            DIRECTORY,
            name="Acme",
            mode="live",
            country="AR",
            zone="Mars/Olympus",
            language="es",
            currency="USD",
            agent_name="Sofía",
            offer_summary="",
            brain="live",
        )
    assert await DIRECTORY.tenants(db) == []


async def test_a_channel_is_found_by_its_key_and_its_secrets_open(db: Database) -> None:
    tenant_id = await make_tenant(db)
    made = await make_channel(db, tenant_id, webhook_secret="whsec-1")
    assert len(made.endpoint_key) >= 32
    assert await DIRECTORY.find(db, "endpoint", made.endpoint_key) == Entry(tenant_id, made.channel_id)
    async with db.tenant(tenant_id) as tx:
        channel = await find_channel(tx, made.channel_id)
        assert (channel.provider, channel.mode, channel.active) == ("ycloud", "live", True)
        assert await read_credential(tx, KEYRING, api_key_name(made.channel_id)) == Secret("api-key")
        assert await read_webhook_secrets(tx, KEYRING, made.channel_id) == (Secret("whsec-1"),)
    sealed = await text(db, tenant_id, "sealed")
    assert sealed is not None
    assert "whsec-1" not in sealed
    assert made.endpoint_key not in repr(made)


async def test_every_channel_has_a_key_of_its_own_and_stays_with_its_company(db: Database) -> None:
    mine, other = await make_tenant(db), await make_tenant(db, "Other")
    made = [await make_channel(db, mine), await make_channel(db, mine), await make_channel(db, other)]
    assert len({one.endpoint_key for one in made}) == 3
    async with db.tenant(other) as tx:
        with pytest.raises(NotFound):
            await find_channel(tx, made[0].channel_id)


async def add(db: Database, tenant_id: int, *webhook_secrets: str) -> NewChannel:
    async with db.tenant(tenant_id) as tx:
        return await add_channel(
            tx,
            DIRECTORY,
            KEYRING,
            provider="ycloud",
            name="Main",
            business_number="+5491100000000",
            waba_id=None,
            api_key=Secret("key"),
            webhook_secrets=tuple(map(Secret, webhook_secrets)),
        )


async def test_a_number_belongs_to_a_company_once(db: Database) -> None:
    tenant_id = await make_tenant(db)
    await add(db, tenant_id, "a")
    with pytest.raises(Conflict):
        await add(db, tenant_id, "a")
    assert await add(db, await make_tenant(db, "Other"), "a")


@pytest.mark.parametrize("secret", ["", "one\ntwo"])
async def test_a_secret_is_one_line(db: Database, secret: str) -> None:
    with pytest.raises(BadInput):
        await add(db, await make_tenant(db), secret)


async def test_several_secrets_are_kept_in_order(db: Database) -> None:
    tenant_id = await make_tenant(db)
    made = await add(db, tenant_id, "newest", "older")
    async with db.tenant(tenant_id) as tx:
        assert await read_webhook_secrets(tx, KEYRING, made.channel_id) == (Secret("newest"), Secret("older"))

"""What Google posts when a calendar changed: it is heard by its token alone, and asks for one look at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from core.google.addresses import NOTICES_PATH
from core.secret import Secret
from orchestrator_service.google_calendar import mirror
from orchestrator_service.google_calendar.watching import hash_of
from tests.integration.google_calendar.office import DAY, NOW, Office, make_office
from tests.integration.whatsapp.webhooks import running, settings_for
from whatsapp_service.main import create_app

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

    from core.database import Database
    from tests.support import servers
    from tests.support.local_google import LocalGoogle

CHANNEL = str(uuid4())


@pytest.fixture
async def http(database: servers.Database, redis_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(create_app(settings_for(database.app_url, redis_url))) as client:
        yield client


async def watched(office: Office, channel: str = CHANNEL) -> str:
    """A channel is open for the seller's calendar; its token."""
    token = f"{office.tenant_id}.{uuid4().hex}"
    async with office.db.tenant(office.tenant_id) as tx:
        state = await mirror.sync_state(tx, office.seller)
        assert state is not None
        await tx.run(
            mirror.SQL["store_watch"],
            seller_id=office.seller,
            connected_at=state.connected_at,
            channel_id=channel,
            resource_id="r",
            token_hash=hash_of(Secret(token)),
            expires_at=NOW + DAY,
        )
        await mirror.begin_sync(tx, office.seller, NOW + 3650 * DAY)
    await office.run("forget_jobs", tenant=office.tenant_id)
    return token


async def told(http: httpx.AsyncClient, token: str, *, channel: str = CHANNEL, state: str = "exists") -> int:
    said = {"X-Goog-Channel-ID": channel, "X-Goog-Channel-Token": token, "X-Goog-Resource-State": state}
    headers = [(name.encode(), value.encode()) for name, value in said.items()]
    return (await http.post(NOTICES_PATH, headers=headers)).status_code


async def test_a_change_is_looked_at_once_however_often_it_is_told(office: Office, http: httpx.AsyncClient) -> None:
    token = await watched(office)
    assert [await told(http, token) for _ in range(3)] == [204, 204, 204]
    assert await office.text("jobs", tenant=office.tenant_id) == "google_calendar.sync"


async def test_that_the_channel_is_open_is_no_change(office: Office, http: httpx.AsyncClient) -> None:
    assert await told(http, await watched(office), state="sync") == 204
    assert await office.text("jobs", tenant=office.tenant_id) == ""


async def test_only_the_channels_own_token_is_heard(
    office: Office, http: httpx.AsyncClient, db: Database, google: LocalGoogle
) -> None:
    token = await watched(office)
    foreign = await make_office(db, google, "Foreign")
    theirs = await watched(foreign, str(uuid4()))
    forged = (
        "",
        "no-tenant",
        f"{office.tenant_id}.forged",
        token + "x",
        theirs,
        f"{foreign.tenant_id}.{token.partition('.')[2]}",
        "99999999999999999999.x",
        "٣.x",
    )
    assert {await told(http, one) for one in forged} == {404}
    assert await told(http, token, channel=str(uuid4())) == 404
    assert await office.text("jobs", tenant=office.tenant_id) == ""
    assert await told(http, token) == 204, "the control"

"""What ran out is forgotten for every account and company, and nothing that still counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from core.statements import sibling_statements
from orchestrator_service.auth import repository
from orchestrator_service.auth.totp.repository import create_challenge
from orchestrator_service.pruning import hourly
from orchestrator_service.pruning.hourly import KEPT, prune
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.factories import make_event, make_seller

SQL = sibling_statements(__file__)
KINDS = (
    "login_challenges", "account_tokens", "calendar_consents", "meeting_links", "idempotency_keys", "imports",
    "import_rows",
)  # fmt: skip
SECOND = timedelta(seconds=1)


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def fill(scene: Scene, ends: timedelta) -> None:
    """One of each that ends so long after the present, and an open invitation whose link does."""
    now = scene.api.clock()
    member = await scene.api.member(scene.tenant, "closer")
    seller = await make_seller(scene.api.db, scene.tenant)
    begins = now + ends - timedelta(minutes=30)
    talk = await scene.talk()
    event = await make_event(scene.api.db, scene.tenant, seller, begins, now + ends, lead_id=talk.lead_id)
    session = uuid4()
    async with scene.api.db.tenant(scene.tenant) as tx:
        await create_challenge(tx, uuid4(), member.user_id, now=now - timedelta(days=9), expires_at=now + ends)
        await repository.create_session(
            tx, session, member.user_id, now=now, expires_at=now + KEPT, address=None, user_agent=None
        )
        ids = {"user_id": member.user_id, "seller_id": seller, "session_id": session, "event_id": event}
        made = {"now": now, "ends": now + ends, "email": member.email}
        for name in (
            "reset_link", "consent", "meeting_link", "open_invitation", "answer", "import_draft", "import_row",
        ):  # fmt: skip
            given = {**ids, **made}
            await tx.run(SQL[name], **{key: given[key] for key in SQL[name].parameters[1:]})


async def left(scene: Scene) -> dict[str, int]:
    async with scene.api.db.tenant(scene.tenant) as tx:
        return {kind: await tx.value(SQL[f"count_{kind}"], int) or 0 for kind in KINDS}


async def test_what_ran_out_a_day_ago_goes_and_the_rest_stays(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    for one in (scene, other):
        await fill(one, ends=-KEPT - SECOND)
        await fill(one, ends=-KEPT + SECOND)
    before = await left(scene)
    assert before == {**dict.fromkeys(KINDS, 2), "account_tokens": 4}
    await prune(api.db, scene.tenant, api.clock())
    # Both links of open invitations stay: the ceo sees there that they are over.
    assert await left(scene) == {**dict.fromkeys(KINDS, 1), "account_tokens": 3}
    assert await left(other) == before, "of one company alone"


@pytest.mark.parametrize("kind", hourly.ENDED)
async def test_control_without_its_statement_a_kind_piles_up(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(hourly, "ENDED", tuple(one for one in hourly.ENDED if one != kind))
    await fill(scene, ends=-KEPT - SECOND)
    await prune(scene.api.db, scene.tenant, scene.api.clock())
    assert sum((await left(scene)).values()) == 2, "that kind's, and the open invitation's"

"""Alerts by mail: for whoever chose them, a minute later, not in quiet hours, at most once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.accounts.post_office import PostOffice, post_office
from tests.integration.alerts.desk import KEY, Desk, make_desk
from tests.integration.alerts.push_service import push_service
from tests.support.api import Api

MINUTE = timedelta(seconds=60)
BY_MAIL = {"channels": {"person_needed": ["email"]}}


@pytest.fixture
async def post() -> AsyncGenerator[PostOffice]:
    async with post_office() as office:
        yield office


@pytest.fixture
async def desk(api: Api, post: PostOffice) -> AsyncGenerator[Desk]:
    async with push_service(KEY.public) as service:
        desk = await make_desk(api, service)
        desk.smtp = post.smtp()
        api.clock.now = datetime(2026, 12, 1, 15, tzinfo=UTC)  # noon in Buenos Aires
        yield desk


async def test_a_mail_leaves_a_minute_later_with_what_the_bell_says_and_a_link(desk: Desk, post: PostOffice) -> None:
    assert (await desk.choose("closer", **BY_MAIL))[0] == 200
    talk = await desk.office.talk("closer")
    await desk.rings(talk)
    assert post.taken == [], "whoever has the app open reads it there"
    desk.api.clock.now += MINUTE
    await desk.send()
    (mail,) = post.taken
    assert mail["Subject"] == "Ana Ruiz necesita una persona"
    assert (mail["To"], mail["Auto-Submitted"]) == (desk.office.team["closer"].email, "auto-generated")
    assert f"https://crm.example/inbox/{talk.conversation_id}" in post.text()
    assert "https://crm.example/alerts" in post.text()
    assert "SECRET WORDS" not in post.text()


async def test_what_was_read_within_the_minute_is_not_mailed(desk: Desk, post: PostOffice) -> None:
    await desk.choose("closer", **BY_MAIL)
    await desk.rings(await desk.office.talk("closer"))
    await desk.run("read_all")
    desk.api.clock.now += MINUTE
    await desk.send()
    assert post.taken == []
    assert await desk.states() == [("closer", "email", "skipped")]


async def test_nobody_gets_mail_who_has_not_asked_for_it(desk: Desk, post: PostOffice) -> None:
    await desk.choose("closer", channels={"booking": ["email"]})
    await desk.rings(await desk.office.talk("closer"))
    desk.api.clock.now += MINUTE
    await desk.send()
    assert post.taken == []
    assert await desk.alerts() == []


async def test_in_quiet_hours_it_waits_for_the_morning_of_the_persons_own_clock(desk: Desk, post: PostOffice) -> None:
    await desk.choose("closer", **BY_MAIL, quiet_from="21:00", quiet_to="08:00", zone="Europe/Madrid")
    desk.api.clock.now = datetime(2026, 12, 1, 22, tzinfo=UTC)  # 23:00 in Madrid, 19:00 in Buenos Aires
    await desk.rings(await desk.office.talk("closer"))
    (alert,) = await desk.alerts()
    assert alert.due_at == datetime(2026, 12, 2, 7, tzinfo=UTC)
    desk.api.clock.now = alert.due_at
    await desk.send()
    assert len(post.taken) == 1


async def test_a_mail_server_that_is_away_is_asked_again(desk: Desk, post: PostOffice) -> None:
    await desk.choose("closer", **BY_MAIL)
    await desk.rings(await desk.office.talk("closer"))
    desk.api.clock.now += MINUTE
    post.answer = 450
    await desk.send()
    assert [(one.state, one.attempts) for one in await desk.alerts()] == [("waiting", 1)]
    post.answer = 250
    desk.api.clock.now += MINUTE
    await desk.send()
    assert len(post.taken) == 1
    assert await desk.states() == [("closer", "email", "sent")]


async def test_a_line_that_breaks_while_the_mail_is_handed_over_is_not_tried_again(
    desk: Desk, post: PostOffice
) -> None:
    await desk.choose("closer", **BY_MAIL)
    await desk.rings(await desk.office.talk("closer"))
    desk.api.clock.now += MINUTE
    post.hangs_up_after_taking = True
    for _ in range(3):
        await desk.send()
        desk.api.clock.now += timedelta(hours=1)
    assert len(post.taken) == 1
    assert await desk.states() == [("closer", "email", "unknown")]


async def test_an_address_that_is_refused_is_given_up(desk: Desk, post: PostOffice) -> None:
    await desk.choose("closer", **BY_MAIL)
    await desk.rings(await desk.office.talk("closer"))
    desk.api.clock.now += MINUTE
    post.answer = 550
    await desk.send()
    assert await desk.states() == [("closer", "email", "failed")]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"zone": "Mars/Olympus"}, 422),
        ({"quiet_from": "21:00"}, 422),
        ({"quiet_from": "25:00", "quiet_to": "08:00"}, 422),
        ({"channels": {"person_needed": ["pigeon"]}}, 422),
        ({"channels": {"nothing": ["email"]}}, 422),
        ({"phone": "not a phone"}, 422),
    ],
)
async def test_preferences_that_mean_nothing_are_refused(desk: Desk, wrong: dict[str, object], status: int) -> None:
    assert (await desk.choose("closer", **wrong))[0] == status


async def test_preferences_are_the_callers_own_and_come_back_whole(desk: Desk) -> None:
    await desk.choose("closer", **BY_MAIL, quiet_from="21:00", quiet_to="08:00", phone="11 2345-6789")
    _, told = await desk.ask("closer", "GET", "/notifications/alerts")
    kept = told["preferences"]
    assert isinstance(kept, dict)
    assert (kept["phone"], kept["quiet_from"], kept["zone"]) == ("+5491123456789", "21:00", None)
    channels = kept["channels"]
    assert isinstance(channels, dict)
    assert (channels["person_needed"], channels["booking"]) == (["email"], ["push"])
    _, others = await desk.ask("setter", "GET", "/notifications/alerts")
    assert isinstance(others["preferences"], dict)
    assert others["preferences"]["phone"] is None

"""Web push: sealed for one browser of one person, for as long as the login lasts, at most once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag

from core.contracts import AlertDue
from core.egress import Egress
from core.egress_rules import EgressPolicy
from orchestrator_service.alerts.door import PushDoor
from orchestrator_service.alerts.send import send_alert
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify
from tests.integration.alerts.desk import KEY, Desk, make_desk
from tests.integration.alerts.push_service import Browser, push_service
from tests.support.api import Api


@pytest.fixture
async def desk(api: Api) -> AsyncGenerator[Desk]:
    async with push_service(KEY.public) as service:
        yield await make_desk(api, service)


async def test_whoever_is_called_hears_of_it_with_the_app_closed(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    talk = await desk.office.talk("closer")
    await desk.rings(talk)
    (told,) = desk.service.of(browser)
    assert told == {
        "title": "Ana Ruiz necesita una persona",
        "body": "Acme",
        "url": f"/inbox/{talk.conversation_id}",
        "tag": f"person_needed:{talk.lead_id}:{talk.conversation_id}:0",
    }
    assert await desk.states() == [("closer", "push", "sent")]
    assert [(one.who, one.failures, one.reached) for one in await desk.devices()] == [("closer", 0, True)]


async def test_the_push_service_learns_neither_words_nor_their_length_nor_the_record(desk: Desk) -> None:
    await desk.switch_on("closer")
    await desk.rings(await desk.office.talk("closer"))
    (taken,) = desk.service.taken
    assert b"Ana" not in taken.body
    assert (len(taken.body) - 16 - 4 - 1 - 65 - 1 - 16) % 256 == 0
    assert (taken.headers["urgency"], taken.headers["content-encoding"]) == ("high", "aes128gcm")
    assert len(taken.headers["topic"]) == 32
    assert "person_needed" not in str(taken.headers)


async def test_another_browser_cannot_open_it(desk: Desk) -> None:
    await desk.switch_on("closer")
    await desk.rings(await desk.office.talk("closer"))
    with pytest.raises(InvalidTag):
        desk.service.browser().opened(desk.service.taken[0].body)


async def test_nobody_elses_browser_gets_it(desk: Desk) -> None:
    mine, setters = await desk.switch_on("closer"), await desk.switch_on("setter")
    await desk.rings(await desk.office.talk("closer"))
    assert (len(desk.service.of(mine)), desk.service.of(setters)) == (1, [])


async def test_another_companys_browser_gets_nothing(desk: Desk, api: Api) -> None:
    foreign = await make_desk(api, desk.service)
    theirs, mine = await foreign.switch_on("ceo"), await desk.switch_on("ceo")
    await desk.rings(await desk.office.talk())
    await foreign.plan()
    await foreign.send()
    assert (desk.service.of(theirs), len(desk.service.of(mine))) == ([], 1)


async def test_a_browser_that_changes_hands_belongs_to_who_has_it_now(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await desk.switch_on("setter", browser)
    await desk.send()
    assert desk.service.of(browser) == [], "what waited for the one before is not for the next"
    await desk.rings(await desk.office.talk("closer", "Luis Paz"))
    assert desk.service.of(browser) == []
    assert [one.who for one in await desk.devices()] == ["setter"]


@pytest.mark.parametrize("answer", ["404 Not Found", "410 Gone"])
async def test_a_browser_that_has_withdrawn_is_forgotten_with_its_keys(desk: Desk, answer: str) -> None:
    await desk.switch_on("closer")
    assert await desk.kept() == type(await desk.kept())(1, 0)
    desk.service.answer = answer
    await desk.rings(await desk.office.talk("closer"))
    assert await desk.devices() == []
    assert (await desk.kept()).kept == 0


@pytest.mark.parametrize(("answer", "waits"), [("429 Too Many Requests", 120), ("503 Unavailable", 30)])
async def test_a_busy_service_is_asked_again_later(desk: Desk, answer: str, waits: int) -> None:
    browser = await desk.switch_on("closer")
    desk.service.answer, desk.service.retry_after = answer, "120" if waits == 120 else ""
    await desk.rings(await desk.office.talk("closer"))
    (alert,) = await desk.alerts()
    assert (alert.state, alert.attempts) == ("waiting", 1)
    assert alert.due_at - desk.api.clock() == timedelta(seconds=waits)
    desk.service.answer, desk.service.retry_after = "201 Created", ""
    await desk.send()
    assert desk.service.of(browser) == [], "not before its time"
    desk.api.clock.now = alert.due_at
    await desk.send()
    assert len(desk.service.of(browser)) == 1
    assert await desk.states() == [("closer", "push", "sent")]


async def test_a_service_that_stays_broken_is_given_up(desk: Desk) -> None:
    await desk.switch_on("closer")
    desk.service.answer = "500 Broken"
    await desk.rings(await desk.office.talk("closer"))
    for _ in range(6):
        desk.api.clock.now += timedelta(hours=1)
        await desk.send()
    (alert,) = await desk.alerts()
    assert (alert.state, alert.reason, alert.attempts) == ("failed", "500", 5)
    assert [one.failures for one in await desk.devices()] == [5]


async def test_a_worker_that_dies_while_it_sends_does_not_send_twice(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    (alert,) = await desk.alerts()
    desk.service.holds = True
    dying = asyncio.create_task(send_alert(desk.tools(), AlertDue(desk.tenant, alert.id)))
    await desk.service.heard.wait()
    dying.cancel()
    await asyncio.wait([dying])
    desk.service.holds = False
    for _ in range(3):
        await desk.send()
    assert len(desk.service.of(browser)) == 1
    (alert,) = await desk.alerts()
    assert (alert.state, alert.reason) == ("unknown", "interrupted")


async def test_two_workers_with_one_alert_send_it_once(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await asyncio.gather(*(desk.send() for _ in range(4)))
    assert len(desk.service.of(browser)) == 1


async def test_planning_again_or_moving_up_unread_rings_no_second_time(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    talk = await desk.office.talk("closer")
    await desk.rings(talk)
    await desk.plan()
    await desk.rings(talk)
    assert len(desk.service.of(browser)) == 1
    await desk.run("read_all")
    await desk.rings(talk)
    assert len(desk.service.of(browser)) == 2, "who has looked is told anew"


async def test_what_was_read_meanwhile_does_not_ring(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await desk.run("read_all")
    await desk.send()
    assert desk.service.of(browser) == []
    assert await desk.states() == [("closer", "push", "skipped")]


async def test_logging_out_ends_it(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    assert (await desk.ask("closer", "POST", "/auth/logout"))[0] == 204
    await desk.send()
    assert await desk.states() == [("closer", "push", "skipped")]
    await desk.rings(await desk.office.talk("closer", "Luis Paz"))
    assert desk.service.of(browser) == []


async def test_a_suspended_account_hears_nothing(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await desk.office.suspend("closer")
    await desk.send()
    assert desk.service.of(browser) == []
    assert [(one.state, one.reason) for one in await desk.alerts()] == [("skipped", "not_active")]


async def test_an_address_that_is_not_public_is_refused_and_never_connected_to(desk: Desk) -> None:
    body = desk.service.browser().subscription()
    desk.api.app.state.push = PushDoor(KEY.public, EgressPolicy())
    for endpoint in ("http://127.0.0.1:1/x", "https://127.0.0.1/x", "https://10.1.2.3/x", "ftp://push.example/x"):
        status, told = await desk.ask("closer", "POST", "/notifications/push", {**body, "endpoint": endpoint})
        assert (status, told["code"]) == (400, "address_refused")
    assert await desk.devices() == []


async def test_a_name_that_leads_to_a_private_address_is_found_out_at_the_connection(desk: Desk) -> None:
    async def resolver(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    desk.api.app.state.push = PushDoor(KEY.public, EgressPolicy())
    await desk.switch_on("closer", Browser(f"https://push.example:{desk.service.port}/send/x"))
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await desk.send(desk.tools(Egress(EgressPolicy(), resolver)))
    assert not desk.service.heard.is_set(), "nobody was connected to"
    assert await desk.devices() == []


@pytest.mark.parametrize("keys", [{"p256dh": "AAAA", "auth": "AAAA"}, {"p256dh": "B" + "A" * 86, "auth": "A" * 22}])
async def test_keys_that_no_browser_makes_are_refused(desk: Desk, keys: dict[str, str]) -> None:
    body = {**desk.service.browser().subscription(), "keys": dict(keys)}
    status, told = await desk.ask("closer", "POST", "/notifications/push", body)
    assert (status, told["code"]) == (422, "bad_subscription")


async def test_an_installation_without_a_key_sends_no_push(desk: Desk) -> None:
    desk.api.app.state.push = PushDoor(None, desk.policy)
    status, told = await desk.ask("closer", "POST", "/notifications/push", desk.service.browser().subscription())
    assert (status, told["code"]) == (409, "push_off")
    assert (await desk.ask("closer", "GET", "/notifications/push"))[1]["public_key"] is None


async def test_devices_are_listed_and_switched_off_by_their_owner_alone(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    (device,) = await desk.devices()
    assert (await desk.ask("ceo", "DELETE", f"/notifications/push/{device.id}"))[0] == 404
    _, told = await desk.ask("closer", "GET", "/notifications/push")
    assert told["public_key"] == KEY.public
    assert isinstance(told["devices"], list)
    assert [row["current"] for row in told["devices"] if isinstance(row, dict)] == [True]
    assert (await desk.ask("ceo", "GET", "/notifications/push"))[1]["devices"] == []
    assert (await desk.ask("closer", "DELETE", f"/notifications/push/{device.id}"))[0] == 204
    await desk.rings(await desk.office.talk("closer"))
    assert desk.service.of(browser) == []
    assert (await desk.kept()).kept == 0


async def test_nobody_has_more_than_ten_devices(desk: Desk) -> None:
    for _ in range(12):
        await desk.switch_on("closer")
    assert len(await desk.devices()) == 10
    assert (await desk.kept()).kept == 10


async def test_names_stay_inside_where_the_company_says_so(desk: Desk) -> None:
    browser = await desk.switch_on("closer")
    rules = {"show_names": False, "template_id": None}
    assert (await desk.ask("closer", "PUT", "/notifications/alerts/company", dict(rules)))[0] == 403
    assert (await desk.ask("ceo", "PUT", "/notifications/alerts/company", dict(rules)))[0] == 200
    await desk.rings(await desk.office.talk("closer"))
    assert [told["title"] for told in desk.service.of(browser)] == ["Un lead necesita una persona"]


async def test_a_colleagues_lead_is_not_named(desk: Desk) -> None:
    browser = await desk.switch_on("professional")
    talk = await desk.office.talk("closer", name="Secret Person")
    async with desk.api.db.tenant(desk.tenant) as tx:
        notice = Notice("booking", lead_id=talk.lead_id)
        await notify(tx, notice, owners=(desk.office.team["professional"].user_id,))
    await desk.plan()
    await desk.send()
    (told,) = desk.service.of(browser)
    assert "Secret" not in str(told)


async def test_the_job_is_left_at_the_commit_and_only_where_somebody_listens(desk: Desk) -> None:
    await desk.call(await desk.office.talk("closer"))
    assert await desk.jobs() == []
    await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer", "Luis Paz"))
    assert [job.name for job in await desk.jobs()] == ["alerts.notified"]


async def test_a_worker_without_a_key_writes_down_that_it_has_none(desk: Desk) -> None:
    await desk.switch_on("closer")
    await desk.call(await desk.office.talk("closer"))
    await desk.plan()
    await desk.send(replace(desk.tools(), push=None))
    assert [(one.state, one.reason) for one in await desk.alerts()] == [("failed", "not_configured")]

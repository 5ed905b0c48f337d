"""The customer's page: it shows without acting, acts once, and tells strangers nothing (PRODUCT §11.6)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core.customer_links import TOKEN_LENGTH, LinkedRow
from orchestrator_service.auth.csrf import CsrfRefused
from orchestrator_service.meeting_links import change
from orchestrator_service.meeting_links.links import find_meeting
from tests.integration.meeting_links.office import HALF, Office, at, make_office
from tests.support.api import Api
from tests.support.factories import make_event

PAGES = ("", "/times", "/times?from=2026-11-26", "/cancel", "/meeting.ics")


@pytest.fixture
async def office(api: Api) -> Office:
    return await make_office(api)


def form(start: datetime) -> dict[str, str]:
    return {"start": start.isoformat()}


async def test_the_page_shows_the_meeting_by_the_customers_clock_and_language(office: Office) -> None:
    path = await office.path()
    async with office.customer() as browser:
        spanish = await browser.get(path)
        await office.run("speak", language="pt", lead_id=office.talk.lead_id)
        portuguese = await browser.get(path, headers={"Accept-Language": "en"})
    assert spanish.status_code == 200
    assert "mar 24 nov, 10:00 &ndash; 10:30" in spanish.text
    assert "Con Luz Prado, de Acme" in spanish.text
    assert "Hora de Buenos Aires" in spanish.text
    assert "Ana" not in spanish.text, "a forwarded link names nobody"
    assert "ter 24 nov, 10:00" in portuguese.text


async def test_the_page_is_not_kept_not_indexed_not_framed_and_runs_nothing(office: Office) -> None:
    async with office.customer() as browser:
        headers = (await browser.get(await office.path())).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"].startswith("noindex")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


async def test_fifty_looks_at_everything_change_nothing(office: Office) -> None:
    path, before = await office.path(), None
    before = await office.everything()
    async with office.customer() as browser:
        for number in range(50):
            answer = await browser.get(path + PAGES[number % len(PAGES)])
            assert answer.status_code == 200
        assert (await browser.head(path)).status_code == 405
    assert await office.everything() == before


async def test_a_cancelled_meeting_is_cancelled_once_and_its_seller_hears(office: Office) -> None:
    path = await office.path()
    async with office.customer() as browser:
        first = await browser.post(f"{path}/cancel")
        again = await browser.post(f"{path}/cancel")
        moved = await browser.post(f"{path}/move", data=form(at(11)))
        shown = await browser.get(path)
    assert (first.status_code, first.headers["location"]) == (303, path)
    assert (again.status_code, moved.status_code) == (409, 409)
    assert "Tu reunión está cancelada" in shown.text
    assert "/times" not in shown.text
    assert "Quitar de mi calendario" in shown.text
    assert (await office.stands()).status == "cancelled"
    assert [(one.kind, one.user_id) for one in await office.notices()] == [("meeting_cancelled", office.luz.user_id)]
    assert len(await office.scene.events("EVENT_UPDATED")) >= 1


async def test_a_move_leads_to_a_new_link_and_the_old_one_is_spent(office: Office) -> None:
    path = await office.path()
    async with office.customer() as browser:
        times = await browser.get(f"{path}/times")
        moved = await browser.post(f"{path}/move", data=form(at(11)))
        following = moved.headers["location"]
        shown = await browser.get(following)
        replayed = await browser.post(f"{path}/move", data=form(at(12)))
        old = await browser.get(path)
    assert f'value="{at(11).isoformat()}"' in times.text
    assert f'value="{at(10).isoformat()}"' not in times.text, "that is when it is already"
    assert moved.status_code == 303
    assert not following.startswith(path)
    assert "Listo: tu reunión tiene nuevo horario" in shown.text
    assert "11:00" in shown.text
    assert replayed.status_code == 409
    assert "Este enlace ya se usó" in old.text
    assert (await office.stands()).starts_at == at(11)
    assert [one.kind for one in await office.notices()] == ["meeting_moved"]


async def test_two_clicks_at_once_act_once(office: Office) -> None:
    path = await office.path()
    async with office.customer() as browser:
        starts = [at(11), at(12), at(13), at(14)]
        answers = await asyncio.gather(
            *(browser.post(f"{path}/move", data=form(start)) for start in starts), browser.post(f"{path}/cancel")
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409]
    assert len(await office.notices()) == 1


async def test_two_clicks_would_act_twice_if_links_were_not_used_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always(*_given: object) -> bool:
        return True

    monkeypatch.setattr(change, "use_link", always)
    path = await office.path()
    async with office.customer() as browser:
        answers = [await browser.post(f"{path}/move", data=form(start)) for start in (at(11), at(12))]
    assert [answer.status_code for answer in answers] == [303, 303]


@pytest.mark.parametrize("start", [at(3), at(10, 5), at(12), datetime.fromisoformat("2031-01-01T13:00:00+00:00")])
async def test_a_time_that_is_not_offered_is_refused_and_others_are_offered(office: Office, start: datetime) -> None:
    await make_event(office.scene.api.db, office.scene.tenant, office.seller, at(12), at(12) + HALF)
    path = await office.path()
    async with office.customer() as browser:
        refused = await browser.post(f"{path}/move", data=form(start))
        after = await browser.post(f"{path}/move", data=form(at(14)))
    assert refused.status_code == 409
    assert "Elige otro, por favor" in refused.text
    assert f'value="{at(14).isoformat()}"' in refused.text
    assert f'value="{at(12).isoformat()}"' not in refused.text
    assert after.status_code == 303, "a refusal does not use the link up"


@pytest.mark.parametrize(
    "body", [b"", b"start=", b"start=tomorrow", b"start=2026-11-24T14:00:00", b"start=" + b"9" * 5000]
)
async def test_a_form_without_an_instant_changes_nothing(office: Office, body: bytes) -> None:
    path, before = await office.path(), await office.everything()
    async with office.customer() as browser:
        answer = await browser.post(f"{path}/move", content=body)
    assert answer.status_code == 409
    assert "Elige un horario de la lista" in answer.text
    assert await office.everything() == before


async def test_links_that_lead_nowhere_are_one_and_the_same_answer(office: Office) -> None:
    api, own = office.scene.api, await office.link()
    links = api.door.meeting_links
    other = await make_office(api)
    foreign = LinkedRow(other.scene.tenant, own.row_id)  # another company's signature over our row
    strangers = [
        "A" * TOKEN_LENGTH,
        "short",
        "ñ" * TOKEN_LENGTH,
        links.token(LinkedRow(own.tenant_id, uuid4())),
        links.token(foreign),
        links.token(own)[:-2] + ("AA" if not links.token(own).endswith("AA") else "BB"),
        replace(links, purpose="reset").token(own),
        replace(links, directory_key=b"x" * 32).token(own),
    ]
    bodies: set[bytes] = set()
    async with office.customer() as browser:
        for token in strangers:
            for answer in (
                await browser.get(f"/m/{token}"),
                await browser.get(f"/m/{token}/times"),
                await browser.get(f"/m/{token}/meeting.ics"),
                await browser.post(f"/m/{token}/cancel"),
                await browser.post(f"/m/{token}/move", data=form(at(11))),
            ):
                assert answer.status_code == 404, token
                bodies.add(answer.content)
        path = await office.path()
        assert (await browser.get(path)).status_code == 200
        api.clock.now = at(10) + HALF
        expired = [await browser.get(path), await browser.post(f"{path}/cancel")]
    assert {answer.status_code for answer in expired} == {404}
    assert {*bodies, *(answer.content for answer in expired)} == bodies
    assert len(bodies) == 1
    assert (await office.stands()).status == "confirmed"
    assert (await other.stands()).status == "confirmed"


async def test_once_it_has_begun_it_is_shown_and_no_longer_changed(office: Office) -> None:
    path = await office.path()
    office.scene.api.clock.now = at(10) + timedelta(minutes=1)
    async with office.customer() as browser:
        shown = await browser.get(path)
        refused = await browser.post(f"{path}/cancel")
    assert "ya empezó" in shown.text
    assert (shown.status_code, refused.status_code) == (200, 409)
    assert (await office.stands()).status == "confirmed"


async def test_a_suspended_company_shows_nothing(office: Office) -> None:
    path = await office.path()
    await office.run("suspend")
    async with office.customer() as browser:
        assert (await browser.get(path)).status_code == 404


async def test_every_message_of_a_meeting_holds_the_same_link_until_it_is_used(office: Office) -> None:
    first = await asyncio.gather(*(office.link() for _ in range(8)))
    async with office.customer() as browser:
        await browser.post(f"{await office.path()}/move", data=form(at(11)))
    assert len({row.row_id for row in first}) == 1
    assert await office.link() != first[0]


async def test_whoever_asks_too_often_is_told_to_wait(office: Office) -> None:
    path = await office.path()
    async with office.customer("203.0.113.7") as browser:
        answers = [await browser.get(path) for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert "Retry-After" in answers[60].headers


async def test_a_team_member_may_click_too_and_elsewhere_the_proof_is_still_asked(office: Office) -> None:
    api = office.scene.api
    async with api.browser(await api.session(office.luz)) as browser:
        del browser.headers["X-Nexus-CSRF"]
        refused = await browser.post(f"/agenda/events/{office.event}/cancel")
        clicked = await browser.post(f"{await office.path()}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (403, CsrfRefused.code)
    assert clicked.status_code == 303


async def test_the_look_at_everything_sees_an_act(office: Office) -> None:
    before = await office.everything()
    async with office.customer() as browser:
        await browser.post(f"{await office.path()}/cancel")
    assert await office.everything() != before


async def test_without_the_signature_another_companys_name_on_our_row_would_still_lead_nowhere(office: Office) -> None:
    other = await make_office(office.scene.api)
    own = await office.link()
    async with office.scene.api.db.tenant(other.scene.tenant) as tx:
        assert await find_meeting(tx, own.row_id, office.scene.api.clock()) is None
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        assert await find_meeting(tx, own.row_id, office.scene.api.clock()) is not None

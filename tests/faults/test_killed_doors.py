"""kill -9 while somebody talks to us: they ask again, and there is one lead; they may hear twice, under one id.

The whole of it by hand: `bin/test -m slow tests/faults/test_killed_doors.py`. Short forms of the same promises, with
controls, stand in `tests/integration/api/test_idempotency.py`, `lead_sources/test_inbound.py` and
`webhooks/test_outgoing.py`.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from core.crash_points import Moment
from core.json_types import JsonObject
from core.meta import signature as meta
from core.secret import Secret
from core.standard_webhooks import signed
from orchestrator_service.lead_sources.form_post import FASTEST
from tests.faults.ensemble import Ensemble, Visit, until
from tests.integration.webhooks.receiver import receiver

pytestmark = [pytest.mark.timeout(180)]
FORM = {
    "language": "es", "title": "Pide una demo",
    "fields": [{"key": "full_name", "label": "Nombre"}, {"key": "phone", "label": "Teléfono"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def cookies(whole: Ensemble) -> httpx.Cookies:
    """One login for all of them: more than five in a minute are refused."""
    url, login = whole.plan.api_url, whole.demo.login("ceo")
    with httpx.Client(base_url=url, headers=_headers(url), trust_env=False, timeout=20) as http:
        answer = http.post("/auth/login", json={"email": login.email, "password": login.password})
        assert answer.status_code == 204, answer.text
        return http.cookies


@pytest.fixture
async def ceo(whole: Ensemble, cookies: httpx.Cookies) -> AsyncGenerator[httpx.AsyncClient]:
    """The owner of the demo company, logged in over the real port."""
    url = whole.plan.api_url
    await whole.serving("api")
    async with httpx.AsyncClient(
        base_url=url, headers=_headers(url), cookies=cookies, trust_env=False, timeout=20
    ) as http:
        yield http


def _headers(url: str) -> dict[str, str]:
    return {"Origin": url, "X-Nexus-CSRF": "1"}


async def unanswered(
    visit: Visit, moment: Moment, asking: httpx.AsyncClient, path: str, service: str = "api", **sent: object
) -> None:
    """A request whose process dies at that moment; the service is back when this returns."""
    visit.crash_at(moment)
    with suppress(httpx.HTTPError):
        answer = await asking.post(path, **sent)  # pyright: ignore[reportArgumentType] - passed on
        raise AssertionError(f"answered with {answer.status_code}")
    await visit.crashed()
    await visit.ensemble.serving(service)


async def leads_named(ceo: httpx.AsyncClient, name: str) -> list[JsonObject]:
    return (await ceo.get("/crm/leads", params={"q": name})).json()["items"]


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["answered", "kept"])
async def test_who_asks_again_with_the_same_key_has_made_one_lead(
    visit: Visit, ceo: httpx.AsyncClient, moment: Moment
) -> None:
    name, headers = f"Keyed {uuid4().hex}", {"Idempotency-Key": uuid4().hex}
    await unanswered(visit, moment, ceo, "/crm/leads", json={"full_name": name}, headers=headers)
    assert len(await leads_named(ceo, name)) == (1 if moment == "kept" else 0), (
        "committed with its answer, or not at all"
    )
    again, more = [await ceo.post("/crm/leads", json={"full_name": name}, headers=headers) for _ in range(2)]
    assert (again.status_code, more.status_code) == (201, 201)
    assert again.content == more.content
    assert again.headers.get("idempotency-replayed") == ("true" if moment == "kept" else None)
    assert [lead["id"] for lead in await leads_named(ceo, name)] == [again.json()["id"]]


@pytest.mark.slow
async def test_a_hook_that_was_not_answered_and_comes_again_is_one_lead(visit: Visit, ceo: httpx.AsyncClient) -> None:
    made = (await ceo.post("/admin/core/lead-sources", json={"kind": "hook", "name": uuid4().hex[:20]})).json()
    name, path = f"Hooked {uuid4().hex}", urlsplit(str(made["source"]["url"])).path
    body = json.dumps({"name": name, "phone": f"+5491155{uuid4().int % 10**6:06d}"})
    headers = signed((Secret(made["secret"]),), f"msg_{uuid4().hex}", datetime.now(UTC), body)
    await unanswered(visit, "came", ceo, path, content=body.encode(), headers=headers)
    assert (await ceo.post(path, content=body.encode(), headers=headers)).status_code == 200
    assert len(await leads_named(ceo, name)) == 1


@pytest.mark.proof
async def test_a_form_whose_sender_saw_no_thanks_and_sends_it_again_is_one_lead(
    visit: Visit, ceo: httpx.AsyncClient
) -> None:
    wanted = {"kind": "form", "name": uuid4().hex[:20], "form": FORM}
    source = (await ceo.post("/admin/core/lead-sources", json=wanted)).json()["source"]
    path, name = urlsplit(str(source["url"])).path, f"Formed {uuid4().hex}"
    async with httpx.AsyncClient(base_url=visit.ensemble.plan.api_url, trust_env=False, timeout=20) as stranger:
        pages = [re.findall(r'name="shown" value="([^"]+)"', (await stranger.get(path)).text)[0] for _ in range(2)]
        answers = {"shown": pages[0], "full_name": name, "phone": f"1155{uuid4().int % 10**6:06d}"}
        await asyncio.sleep(FASTEST.total_seconds())
        await unanswered(visit, "came", stranger, path, data=answers)
        again = await stranger.post(path, data=answers)
        assert (again.status_code, again.headers["location"]) == (303, f"{path}/thanks")
        assert len(await leads_named(ceo, name)) == 1

        received = f"/admin/core/lead-sources/{source['id']}/received"
        assert len((await ceo.get(received)).json()["items"]) == 1

        # Control: without the word that names a page's showing, what is sent again is taken for another submission.
        assert (await stranger.post(path, data={**answers, "shown": pages[1]})).status_code == 303
        assert len((await ceo.get(received)).json()["items"]) == 2


@pytest.mark.slow
async def test_an_export_that_breaks_off_is_no_whole_archive_and_can_be_had_again(
    visit: Visit, ceo: httpx.AsyncClient
) -> None:
    name = f"Exported {uuid4().hex}"
    lead = (await ceo.post("/crm/leads", json={"full_name": name})).json()["id"]
    await visit.come_to_rest()
    visit.crash_at("exporting")
    got = b""
    with pytest.raises(httpx.HTTPError):  # noqa: PT012 - the pieces that came are looked at
        async with ceo.stream("GET", "/crm/privacy/export.zip", params={"lead_id": lead}) as answer:
            async for piece in answer.aiter_bytes():
                got += piece
    await visit.crashed()
    await visit.ensemble.serving("api")
    assert not zipfile.is_zipfile(io.BytesIO(got)), "what has come of it opens as nothing whole"
    again = zipfile.ZipFile(io.BytesIO((await ceo.get("/crm/privacy/export.zip", params={"lead_id": lead})).content))
    assert json.loads(again.read("data.json"))["leads"][0]["full_name"] == name
    asked = (await ceo.get("/crm/privacy/requests")).json()["items"]
    assert [one["state"] for one in asked if one["lead_id"] == lead] == ["done", "done"], "each is written down"


@pytest.mark.slow
async def test_a_lead_that_meta_told_of_and_was_not_answered_for_is_fetched_once(
    visit: Visit, ceo: httpx.AsyncClient
) -> None:
    secret, page, leadgen = Secret(uuid4().hex), str(uuid4().int % 10**12), str(uuid4().int % 10**12)
    wanted = {"kind": "page", "name": uuid4().hex[:20], "page_id": page}
    source = (await ceo.post("/admin/core/lead-sources", json=wanted)).json()["source"]
    kept = await ceo.put("/admin/core/credentials/meta:app_secret", json={"value": secret.reveal()})
    assert kept.status_code == 200, kept.text
    notice = {"leadgen_id": leadgen, "page_id": page, "form_id": "1"}
    told = {"object": "page", "entry": [{"id": page, "changes": [{"field": "leadgen", "value": notice}]}]}
    body = json.dumps(told).encode()
    path, headers = urlsplit(str(source["url"])).path, {meta.HEADER: meta.sign(secret, body)}
    async with httpx.AsyncClient(base_url=visit.ensemble.plan.whatsapp_url, trust_env=False, timeout=20) as metas:
        await unanswered(visit, "came", metas, path, service="whatsapp", content=body, headers=headers)
        assert (await metas.post(path, content=body, headers=headers)).status_code == 200
    received = (await ceo.get(f"/admin/core/lead-sources/{source['id']}/received")).json()["items"]
    assert len(received) == 1


@pytest.mark.slow
async def test_a_webhook_that_was_sent_and_not_written_down_is_sent_again_under_its_id(
    visit: Visit, ceo: httpx.AsyncClient
) -> None:
    async with receiver() as there:
        wanted = {"name": uuid4().hex[:20], "url": f"{there.base_url}/hook", "event_types": ["NEW_LEAD"]}
        made = await ceo.post("/admin/core/webhooks", json=wanted)
        assert made.status_code == 201, made.text
        visit.crash_at("posted")
        await ceo.post("/crm/leads", json={"full_name": f"Told {uuid4().hex}"})
        await visit.crashed()
        await until(lambda: len(there.got) >= 2, seconds=90)
        assert len({got.headers["webhook-id"] for got in there.got}) == 1
        assert len({got.body for got in there.got}) == 1
        await ceo.delete(f"/admin/core/webhooks/{made.json()['endpoint']['id']}")

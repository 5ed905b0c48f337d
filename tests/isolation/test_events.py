"""Every change is announced (PRODUCT §13): whoever applies the events to what was read knows what a new read says.

Walks all routes that change something, from the matrix of live routes, as the ceo with own records. What a route
changed of the watched lists must follow from its events: leads exactly, the others at least by an event that tells to
read them anew. A route that announces nothing is in a closed list with its reason. `test_every_door.py` walks the rest.
"""

from __future__ import annotations

from typing import Final

import pytest

from core.json_types import Json
from tests.isolation.companies import Companies, make_companies
from tests.isolation.matrix import MATRIX
from tests.isolation.rows import Row
from tests.isolation.watching import LEADS, WATCHED, Event, Watcher, unannounced
from tests.support.api import Api
from tests.support.factories import make_tenant

UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NOTHING, _SAME = "changes nothing that is stored", "the matrix sends what is so already, and nothing changes"
_OWN, _LATER = "the caller's own, which nobody else reads", "its job announces what comes of it"
_PAGE, _HIDDEN = "read each time that its page opens, and kept by nobody", "shown to nobody"
# Routes that announce nothing here, as the ceo with the matrix's bodies.
SILENT: Final[dict[tuple[str, str], str]] = {
    ("POST", "/auth/register"): "the join code is wrong: " + _NOTHING,
    ("POST", "/auth/forgot"): "nobody has that address: " + _NOTHING,
    ("DELETE", "/auth/sessions/{session_id}"): _OWN,
    ("POST", "/auth/logout"): _OWN,
    ("POST", "/admin/core/join-code"): _PAGE,
    ("PUT", "/admin/core/security"): _PAGE,
    ("POST", "/admin/core/users/{user_id}/totp/reset"): _SAME,
    ("PUT", "/admin/core/credentials/{name}"): _HIDDEN,
    ("DELETE", "/admin/core/credentials/{name}"): _HIDDEN,
    ("PUT", "/admin/core/channels/sending"): _SAME,
    ("POST", "/admin/core/channels/{channel_id}/check"): _LATER,
    ("POST", "/crm/views"): _OWN,
    ("PATCH", "/crm/views/{view_id}"): _OWN,
    ("DELETE", "/crm/views/{view_id}"): _OWN,
    ("POST", "/agent/knowledge/ask"): _NOTHING,
    ("PUT", "/agent/knowledge/meaning"): _SAME,
    ("POST", "/agent/playground/runs"): _LATER,
    ("POST", "/agent/playground/runs/{run_id}/messages"): _LATER,
    ("PATCH", "/agent/settings"): _SAME,
    ("DELETE", "/agent/scenarios/{scenario_id}"): _PAGE,
    ("POST", "/agent/evaluations"): _PAGE,
    ("POST", "/chat/templates/sync"): _LATER,
    ("POST", "/chat/broadcasts/preview"): _NOTHING,
    ("POST", "/chat/broadcasts/{broadcast_id}/pause"): _SAME,
    ("POST", "/agenda/events/{event_id}/mark"): _SAME,
    ("POST", "/agenda/calendars/{seller_id}/check"): _LATER,
    ("POST", "/notifications/read"): _OWN,
    ("DELETE", "/notifications/push/{device_id}"): _OWN,
    ("PUT", "/notifications/alerts"): _OWN,
    ("PUT", "/notifications/alerts/company"): _PAGE,
    ("PATCH", "/crm/patients/{client_id}"): _SAME,
    ("POST", "/crm/leads/{lead_id}/convert"): "they are a client already: " + _SAME,
    ("POST", "/crm/leads/bulk/{bulk_id}/undo"): "that edit changed nobody: " + _NOTHING,
    ("POST", "/crm/duplicates/scan"): _PAGE,
    ("POST", "/crm/duplicates/{pair_id}/dismiss"): _PAGE,
    ("POST", "/crm/duplicates/{pair_id}/reopen"): _PAGE,
    ("POST", "/crm/privacy/retention/preview"): _NOTHING,
    ("PUT", "/crm/privacy/retention"): _PAGE,
    ("POST", "/admin/core/api-keys"): _PAGE,
    ("POST", "/admin/core/api-keys/{key_id}/rotate"): _PAGE,
    ("DELETE", "/admin/core/api-keys/{key_id}"): _PAGE,
    ("POST", "/admin/core/lead-sources"): _PAGE,
    ("PATCH", "/admin/core/lead-sources/{source_id}"): _PAGE,
    ("POST", "/admin/core/lead-sources/{source_id}/secret"): _HIDDEN,
    ("POST", "/admin/core/webhooks"): _PAGE,
    ("PATCH", "/admin/core/webhooks/{endpoint_id}"): _PAGE,
    ("DELETE", "/admin/core/webhooks/{endpoint_id}"): _PAGE,
    ("POST", "/admin/core/webhooks/{endpoint_id}/secret"): _HIDDEN,
    ("POST", "/admin/core/webhooks/{endpoint_id}/ping"): _PAGE,
    ("POST", "/admin/core/webhooks/{endpoint_id}/replay"): _PAGE,
    ("POST", "/admin/core/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay"): _PAGE,
}
# Rows that repeat another one's change.
REPEATED: Final = frozenset(
    {
        ("PATCH", "/crm/leads/{lead_id}", "owner"),
        ("POST", "/crm/leads/bulk", "owner"),
        ("PATCH", "/crm/clients/{client_id}", "owner"),
        ("PUT", "/crm/leads/{lead_id}/tags/{tag_id}", "tag"),
        ("DELETE", "/crm/leads/{lead_id}/tags/{tag_id}", "tag"),
    }
)


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_every_change_follows_from_its_events(api: Api) -> None:
    companies = await make_companies(api)
    cookie = await companies.cookie("ceo") or ""
    watcher, wrong = Watcher(api, companies.tenant, cookie), list[str]()
    await watcher.news()
    before, silent, announced = await watcher.read(), set[tuple[str, str]](), set[tuple[str, str]]()
    for row in (row for row in MATRIX if row.method in UNSAFE and row.states[0] in {"plain", "own"}):
        if not await performed(companies, row):
            continue
        after, events = await watcher.read(), await watcher.news()
        wrong += [f"{row}: {what}" for what in unannounced(before, after, events)]
        if (row.method, row.path, row.case) not in REPEATED:
            (announced if events else silent).add(row.key)
        before = after
    assert not wrong, "\n".join(wrong)
    assert len(announced) > 40, "changes are made"
    assert silent == {*SILENT}, "what announces nothing has its reason, and what has one announces nothing"


async def performed(companies: Companies, row: Row) -> bool:
    """Whether the ceo could do that."""
    sent = row.sent(await companies.ids("ceo", "own"), companies.own["ceo"])
    async with companies.api.browser(await companies.cookie("ceo")) as browser:
        path = row.path.format(**sent.path)
        answer = await browser.request(row.method, path, params=dict(sent.query), json=sent.body)
    return answer.status_code < 300


async def test_a_change_without_its_event_is_found(api: Api) -> None:
    """Controls: an edit whose announcement is thrown away, and one that is told wrongly."""
    member = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(member)) as ceo:
        made = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        edited = (await ceo.patch(f"/crm/leads/{made['id']}", json={"company": "Acme"})).json()
    nothing: dict[str, Json] = dict.fromkeys(WATCHED)
    before, after = ({**nothing, LEADS: {"items": [lead]}} for lead in (made, edited))
    told = Event("LEAD_UPDATED", {"lead": edited, "changed": ["company"]})
    assert unannounced(before, after, [told]) == []
    assert unannounced(before, after, []) == [f"lead {made['id']}"]
    assert unannounced(before, after, [Event("LEAD_UPDATED", {"lead": made})]) == [f"lead {made['id']}"]
    assert unannounced(before, {**before, "/crm/clients": 1}, [told]) == ["/crm/clients", f"lead {made['id']}"]

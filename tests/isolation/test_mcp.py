"""Every tool of MCP with everybody's ids: another company's record is a missing one, a key is held to its scopes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

import pytest

from core.paging import id_cursor
from orchestrator_service.api_keys.issue import OFFERED
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.mcp.registry import TOOLS
from tests.isolation.asking import FOREIGN
from tests.isolation.companies import NIGHT, Companies, make_companies
from tests.isolation.rows import Ids
from tests.isolation.test_keys import make_key
from tests.isolation.walls import take_filters_down
from tests.support.api import Api
from tests.support.assistant import Assistant, code_of

Given: TypeAlias = "Callable[[Ids], Mapping[str, object]]"
LATER = (NIGHT + timedelta(days=400)).isoformat()
_WINDOW = {"starts": (NIGHT - timedelta(days=1)).isoformat(), "ends": (NIGHT + timedelta(days=1)).isoformat()}
# What each tool is called with, given somebody's ids. Without an id of a record nothing can be foreign but a cursor.
CALLS: Mapping[str, Given] = {
    "search_leads": lambda ids: {"cursor": id_cursor(ids.lead)},
    "get_lead": lambda ids: {"lead_id": ids.lead},
    "pipeline_summary": lambda _ids: {},
    "list_clients": lambda ids: {"cursor": id_cursor(ids.client)},
    "get_client": lambda ids: {"client_id": ids.client},
    "list_conversations": lambda _ids: {},
    "read_conversation": lambda ids: {"conversation_id": ids.conversation},
    "create_lead": lambda ids: {"full_name": "Made", "owner_user_id": ids.user},
    "update_lead": lambda ids: {"lead_id": ids.lead, "company": "Acme"},
    "move_stage": lambda ids: {"lead_id": ids.lead, "stage_key": "contacted"},
    "add_note": lambda ids: {"conversation_id": ids.conversation, "text": "Called"},
    "list_sellers": lambda _ids: {},
    "list_slots": lambda ids: {"seller_id": ids.seller, "day": "2027-01-04"},
    "list_meetings": lambda ids: {"seller_id": ids.seller, **_WINDOW},
    "book_meeting": lambda ids: {"seller_id": ids.seller, "starts_at": LATER},
    "reschedule_meeting": lambda ids: {"event_id": ids.event, "starts_at": LATER},
    "cancel_meeting": lambda ids: {"event_id": ids.event},
}
# Their Google calendar does not answer here, so nothing is free for certain; that the seller is theirs was seen before.
UNCONFIRMED = {"book_meeting", "reschedule_meeting"}
LISTS = {"search_leads", "pipeline_summary", "list_clients", "list_conversations", "list_sellers", "list_meetings"}


def test_every_tool_has_its_row_and_every_row_its_tool() -> None:
    assert CALLS.keys() == TOOLS.keys()


async def test_no_tool_reaches_another_company_or_beyond_its_keys_scopes(api: Api) -> None:
    companies = await make_companies(api)
    assistant = Assistant(api, await make_key(api, companies.members["ceo"].principal, OFFERED))
    assert await assistant.tools() == set(CALLS)
    for name, given in CALLS.items():
        own = await assistant.call(name, **given(companies.own["ceo"]))
        assert "error" not in own or (name in UNCONFIRMED and code_of(own) == "slot_refused"), (name, own)
        foreign = await assistant.call(name, **given(companies.others["foreign"]))
        missing = await assistant.call(name, **given(companies.others["missing"]))
        assert FOREIGN not in json.dumps([own, foreign, missing]).lower(), name
        if name not in LISTS:
            assert foreign == missing, name
            assert code_of(foreign) == "not_found", (name, foreign)
    for permission in {tool.permission for tool in TOOLS.values()}:
        barred = {tool.name for tool in TOOLS.values() if tool.permission is permission}
        short = Assistant(
            api,
            await make_key(api, companies.members["ceo"].principal, [one for one in OFFERED if one is not permission]),
        )
        assert await short.tools() == set(CALLS) - barred
        for name in barred:
            refused = await short.call(name, **CALLS[name](companies.own["ceo"]))
            assert code_of(refused) == "forbidden", name
    await own_scope_stays_own(api, companies)


async def own_scope_stays_own(api: Api, companies: Companies) -> None:
    """A closer's key sees the closer's records, whatever its scopes."""
    closer = companies.members["closer"].principal
    scopes = (Permission.LEADS_READ, Permission.LEADS_WRITE, Permission.CONVERSATIONS_READ)
    assistant = Assistant(api, await make_key(api, closer, scopes))
    for name in ("get_lead", "update_lead", "read_conversation"):
        assert "error" not in await assistant.call(name, **CALLS[name](companies.own["closer"])), name
        for state in ("colleague", "unassigned"):
            assert code_of(await assistant.call(name, **CALLS[name](companies.others[state]))) == "not_found"
    listed = json.dumps(await assistant.call("search_leads")).lower()
    assert "own-closer" in listed
    assert "colleague-" not in listed


@pytest.mark.proof
async def test_without_the_sql_filter_row_level_security_keeps_the_tools_apart(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    companies = await make_companies(api)
    assistant = Assistant(api, await make_key(api, companies.members["ceo"].principal, OFFERED))
    take_filters_down(monkeypatch)
    for name, given in CALLS.items():
        told = await assistant.call(name, **given(companies.others["foreign"]))
        assert FOREIGN not in json.dumps(told).lower(), name

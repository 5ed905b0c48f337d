"""Beside the routes: the agent's tools, MCP's, the jobs, the clock and strangers' doors announce what they change.

The registries are the live ones: a tool or a job without a step here, and without a reason in the closed lists, fails.
What comes by a route is walked by `test_events.py`; here a route only brings the job that is looked at.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import pytest

from core.contracts import JOBS
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.api_keys.issue import OFFERED
from orchestrator_service.leads import announce
from orchestrator_service.mcp.registry import TOOLS as MCP_TOOLS
from tests.isolation.stories import (
    assistant,
    clock,
    conversation,
    files,
    forgetting,
    leads,
    meetings,
    people,
    sources,
    tools,
)
from tests.isolation.test_keys import make_key
from tests.isolation.walking import Walk, walk
from tests.support import servers
from tests.support.api import Api
from tests.support.assistant import Assistant
from tests.support.local_google import LocalGoogle, local_google

_READS, _OUTSIDE = "only reads", "what leaves the app is shown by nobody's list"
_FOLLOWED, _PAGE = (
    "the job that it brings announces what is seen",
    "read each time that its page opens, and kept by nobody",
)
# Tools and jobs that announce nothing, or that are not walked, each with the reason why nobody misses an event.
QUIET_TOOLS: Final[dict[str, str]] = {
    "check_seller_availability": "an offer is shown by nobody's list, and the reply that holds it is announced",
    "get_pipeline_stages": _READS,
}
QUIET_MCP: Final[dict[str, str]] = dict.fromkeys(
    (
        "search_leads", "get_lead", "pipeline_summary", "list_clients", "get_client", "list_conversations",
        "read_conversation", "list_sellers", "list_slots", "list_meetings",
    ),
    _READS,
)  # fmt: skip
QUIET_JOBS: Final[dict[str, str]] = {
    "whatsapp.acknowledge": "the customer's ticks, which we do not keep",
    "whatsapp.deliver": _FOLLOWED,
    "whatsapp.fetch_media": _FOLLOWED,
    "whatsapp.put_into_words": _FOLLOWED,
    "chat.status_received": _FOLLOWED,
    "chat.summarise": "the agent alone reads it",
    "alerts.notified": _OUTSIDE,
    "alerts.due": _OUTSIDE,
    "whatsapp.deliver_alert": _OUTSIDE,
    "accounts.send_link": "without a post office nothing is sent; with one it tells USER_UPDATED (test_mail.py)",
    "knowledge.embed": "needs a model; with one it tells KNOWLEDGE_UPDATED (test_meaning.py)",
    "merging.scan": _PAGE,
    "evaluation.run": _PAGE,
    "lead_sources.reconcile": _FOLLOWED,
}
# Each job is done twice, as after a death between its commit and the queue's receipt. Of these that is seen, in what is
# there already: no other row, nothing that leaves twice.
_BELL: Final = {"NOTIFICATION", "notifications"}  # the same unread bell moves up
MOVED_UP: Final[dict[str, set[str]]] = {
    "chat.delivery_uncertain": {
        "CONVERSATION_UPDATED",
        "LEAD_UPDATED",
        "conversations",
        "tasks",
        *_BELL,
    },  # the open task
    "google_calendar.check_meeting": _BELL,
    "google_calendar.sync": {"seller_calendars"},  # when it was last asked
    "knowledge.index": {
        "KNOWLEDGE_UPDATED",
        "knowledge_documents",
        "knowledge_passages",
    },  # the same passages, cut anew
    "notifications.account_notice": _BELL,
    "notifications.account_waiting": _BELL,
    "accounts.reset_asked": {"USER_UPDATED", *_BELL},
    "chat.media_changed": {"LEAD_UPDATED", "MEDIA_UPDATED"},  # told as it is
    "whatsapp.check_channel": {"SETTINGS_UPDATED"},
    "whatsapp.sync_templates": {"TEMPLATES_UPDATED"},
    "whatsapp.template_told": {"TEMPLATES_UPDATED"},
}


@pytest.fixture
async def google() -> AsyncGenerator[LocalGoogle]:
    async with local_google() as served:
        yield served


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "exact", [pytest.param(False, marks=pytest.mark.proof), pytest.param(True, marks=pytest.mark.slow)]
)
async def test_every_door_tells_what_it_changes(  # noqa: PLR0917 - fixtures
    exact: bool,
    api: Api,
    database: servers.Database,
    redis_url: str,
    google: LocalGoogle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with walk(api, database, redis_url, google) as walking:
        walking.exact = exact
        for story in (conversation, tools, files, people, sources, meetings, leads, clock, assistant, forgetting):
            await story(walking)
        await walking.after("the end")
        assert walking.wrong == [], "\n".join(walking.wrong)
        agents = {name.partition(":")[2] for name in walking.told if name.startswith("tool:")}
        assert agents == TOOLS.keys()
        assert {name for name in agents if not walking.told[f"tool:{name}"]} == QUIET_TOOLS.keys()
        outside = {name.partition(":")[2] for name in walking.told if name.startswith("mcp:")}
        assert outside == MCP_TOOLS.keys()
        assert {name for name in outside if not walking.told[f"mcp:{name}"]} == QUIET_MCP.keys()
        silent = {job.NAME for job in JOBS if not walking.told.get(job.NAME)}
        assert silent == QUIET_JOBS.keys(), "a job that tells nothing, or has no step, has its reason"
        assert {name: set(what) for name, what in walking.again.items() if what} == MOVED_UP
        await control(walking, monkeypatch)


async def control(walking: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An `emit` is taken away: the job, the tool and the assistant that need it are found out."""

    async def nothing(*_: object, **__: object) -> None:
        """Nobody is told."""

    walking.told.clear()
    monkeypatch.setattr(announce, "emit", nothing)
    helper = Assistant(walking.api, await make_key(walking.api, walking.ceo.principal, OFFERED))
    await helper.done("create_lead", full_name="Nadia Unheard")
    await walking.after("an assistant")
    assert await walking.company.says("Hola de nuevo") is None
    await walking.drain()
    found = {line.partition(":")[0] for line in walking.wrong}
    assert {"an assistant", "chat.take_in"} <= found
    walking.wrong.clear()

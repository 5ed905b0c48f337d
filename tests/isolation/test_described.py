"""The API keeps to its own description, whoever asks whatever (PRODUCT §16.6): schemathesis over `/openapi.json`.

Cases are generated from the description, by its rules and against them; ids in paths are mostly records that exist, so
that handlers are reached. Nothing may answer 5xx, nor anything that the description does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, TypeAlias

import httpx
import pytest
import requests
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis import checks as checks_of_any
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks as checks_of_openapi

from tests.isolation.companies import Companies, make_companies
from tests.isolation.rows import Actor
from tests.support import servers
from tests.support.api import Api, running_api, settings_for

Case: TypeAlias = Any  # the library leaves its own parameters open
ASKING: Final[tuple[Actor, ...]] = ("ceo", "professional", "secretary", "setter", "closer", "anonymous")
_ANY: Any = checks_of_any
_OPENAPI: Any = checks_of_openapi
CHECKS: Final[list[Any]] = [
    _ANY.not_a_server_error,
    _OPENAPI.status_code_conformance,
    _OPENAPI.content_type_conformance,
    _OPENAPI.response_headers_conformance,
    _OPENAPI.response_schema_conformance,
]
# Path parameters that mean one of the asking user's records; what may be lost is a spare one.
RECORDS: Final = {
    "user_id": "spare_user", "lead_id": "spare_lead", "conversation_id": "spare_conversation",
    "broadcast_id": "spare_broadcast", "day_off_id": "spare_day_off", "scenario_id": "spare_scenario",
    "run_id": "run", "document_id": "document", "question_id": "question", "version_id": "version",
    "client_id": "client", "seller_id": "seller", "event_id": "event", "view_id": "view", "channel_id": "channel",
    "media_id": "media", "turn_id": "turn", "canned_id": "canned", "invitation_id": "invitation",
    "device_id": "device", "session_id": "session",
}  # fmt: skip


@dataclass
class Live:
    """The API in a loop of its own thread: schemathesis draws its cases without one."""

    portal: BlockingPortal
    api: Api
    companies: Companies
    statuses: Counter[int] = field(default_factory=Counter[int])
    wrong: dict[str, str] = field(default_factory=dict[str, str])
    asked: Iterator[int] = field(default_factory=count)
    addresses: Iterator[int] = field(default_factory=count)

    def ask(self, actor: Actor, case: Case) -> None:
        """Send a case as somebody, and note what is wrong with the answer."""
        self._name_records(actor, case)
        try:
            answer = self.portal.call(self._sent, actor, case)
            self.statuses[answer.status_code] += 1
            case.validate_response(schemathesis.Response.from_httpx(answer, verify=False), checks=CHECKS)
        except (FailureGroup, Failure) as failure:
            failures = failure.exceptions if isinstance(failure, FailureGroup) else [failure]
            for one in failures:
                where = f"{case.method} {case.operation.path} {type(one).__name__}"
                self.wrong.setdefault(where, f"as {actor}: {one!s}"[:1500])

    def _name_records(self, actor: Actor, case: Case) -> None:
        if next(self.asked) % 4 and case.path_parameters:
            for name in case.path_parameters:
                if name in RECORDS:
                    case.path_parameters[name] = getattr(self.companies.own[actor], RECORDS[name])

    async def _sent(self, actor: Actor, case: Case) -> httpx.Response:
        given = case.as_transport_kwargs(base_url="http://127.0.0.1:8000")
        member = self.companies.members.get(actor)
        cookie = await self.api.session(member) if member else None
        number = next(self.addresses)  # hypothesis makes chance repeat itself, so no random one
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        async with self.api.browser(cookie, address=address) as browser:
            drawn = {name.lower(): value for name, value in dict(given["headers"]).items() if name.lower() != "cookie"}
            headers = {**drawn, **dict(browser.headers)}
            plain = requests.Request(**given).prepare()  # as its own transport would write it
            body = plain.body.encode() if isinstance(plain.body, str) else plain.body
            assert body is None or isinstance(body, bytes)
            if body is not None and "content-type" not in headers:
                headers["content-type"] = plain.headers.get("Content-Type", "application/json")
            return await browser.request(plain.method or "GET", plain.url or "/", headers=headers, content=body)


@pytest.fixture
def live(database: servers.Database, redis_url: str) -> Generator[Live]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(running_api(settings_for(database, redis_url))) as api,
    ):
        yield Live(portal, api, portal.call(make_companies, api))


def drawn(live: Live, actor: Actor, operation: Any, mode: GenerationMode, examples: int) -> None:
    """Some cases of an operation."""

    @seed(20261127)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        live.ask(actor, case)

    ask()


def walk(live: Live, *, examples: int, everybody: bool) -> None:
    schema: Any = schemathesis.openapi.from_dict(live.api.app.openapi())
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]
    for number, operation in enumerate(operations):
        for actor in ASKING if everybody else (ASKING[number % len(ASKING)], "ceo"):
            drawn(live, actor, operation, GenerationMode.POSITIVE, examples)
        if operation.body or operation.query or operation.path_parameters:
            drawn(live, "ceo", operation, GenerationMode.NEGATIVE, examples)
    print(f"{len(operations)} operations, {sorted(live.statuses.items())}")  # noqa: T201 - the report
    assert not live.wrong, "\n\n".join(f"{where}\n{what}" for where, what in sorted(live.wrong.items()))
    assert live.statuses[200] > len(operations) // 4, "handlers are reached"


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_nobody_gets_what_the_description_does_not_say(live: Live) -> None:
    walk(live, examples=1, everybody=False)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_nobody_gets_what_the_description_does_not_say_over_many_cases(live: Live) -> None:
    walk(live, examples=4, everybody=True)

"""Ask every row as everybody in every state, and judge the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from tests.isolation.companies import Companies
from tests.isolation.rows import ACTORS, Actor, Row, State

FOREIGN = "foreign-"
_VOLATILE = {"x-request-id", "date"}


@dataclass(frozen=True)
class Asked:
    """One cell of the matrix with its answer."""

    row: Row
    actor: Actor
    state: State
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_id: str = ""

    @property
    def text(self) -> str:
        """Everything that came back, in lower case."""
        return (self.body.decode("utf-8", "replace") + repr(self.headers)).lower()

    def __str__(self) -> str:
        return f"{self.row} as {self.actor} with {self.state} ids: {self.status}"


async def ask_all(companies: Companies, rows: Iterable[Row], actors: Iterable[Actor] = ACTORS) -> list[Asked]:
    """Every cell, each with a fresh session and a fresh address."""
    chosen = tuple(actors)
    return [await _ask(companies, row, actor, state) for row in rows for actor in chosen for state in row.states]


async def _ask(companies: Companies, row: Row, actor: Actor, state: State) -> Asked:
    sent = row.sent(await companies.ids(actor, state), companies.own[actor])
    async with companies.api.browser(await companies.cookie(actor)) as browser:
        answer = await browser.request(
            row.method, row.path.format(**sent.path), params=dict(sent.query), json=sent.body
        )
    return Asked(row, actor, state, answer.status_code, _stable(answer), answer.content, answer.headers["x-request-id"])


def _stable(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in answer.headers.items() if name not in _VOLATILE)


def judge(asked: list[Asked]) -> list[str]:
    """What is wrong: a status that the permission table does not give, a leak, a difference that tells something."""
    return [*_wrong_statuses(asked), *leaks(asked), *_telling_differences(asked)]


def leaks(asked: list[Asked]) -> list[str]:
    """Answers that hold a record of another company, or one of ours that is out of the caller's scope."""
    found: list[str] = []
    for cell in asked:
        if FOREIGN in cell.text:
            found.append(f"{cell}: holds another company's data")
        if cell.row.permission is None:
            continue
        found += [
            f"{cell}: holds a record that is {marker}"
            for marker in ("colleague", "unassigned")
            if f"{marker}-" in cell.text and not cell.row.may_show(cell.actor, marker)
        ]
    return found


def _wrong_statuses(asked: list[Asked]) -> list[str]:
    return [
        f"{cell}: expected {cell.row.expected(cell.actor, cell.state)}: {cell.body[:200]!r}"
        for cell in asked
        if cell.status != cell.row.expected(cell.actor, cell.state)
    ]


def _telling_differences(asked: list[Asked]) -> list[str]:
    """A refused id says the same whether it is another company's, a colleague's or nobody's."""
    refusals: dict[tuple[Row, Actor], dict[int, set[tuple[object, ...]]]] = {}
    for cell in asked:
        if cell.state not in {"plain", "own"} and cell.status >= 400:
            by_status = refusals.setdefault((cell.row, cell.actor), {})
            by_status.setdefault(cell.status, set()).add((cell.body, cell.headers))
    return [
        f"{row} as {actor}: {len(answers)} different answers {status}"
        for (row, actor), by_status in refusals.items()
        for status, answers in by_status.items()
        if len(answers) > 1
    ]

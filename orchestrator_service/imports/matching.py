"""Who is the same person: by number, by e-mail where one of both has no number, by name where neither has either. Pure.

Two rows of a file are held against each other as a row is held against the leads. Of rows that are one person the first
counts; the others are said to repeat it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Named:
    """A row, and under which keys its person is known: the keys of a name are its own only without an address."""

    number: int
    match_key: str | None
    email_key: str | None
    name_key: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A lead, and under which keys it is known."""

    id: int
    match_key: str | None
    email_key: str | None
    name_key: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A row, with the lead that it is already, or the row that it repeats."""

    number: int
    lead_id: int | None = None
    repeats: int | None = None


class _Person(Protocol):
    @property
    def match_key(self) -> str | None: ...

    @property
    def email_key(self) -> str | None: ...

    @property
    def name_key(self) -> str | None: ...


Someone = TypeVar("Someone", bound=_Person)


@dataclass(slots=True)
class _Book(Generic[Someone]):
    """People by their keys; who was entered first is found."""

    numbers: dict[str, Someone] = field(default_factory=dict[str, Someone])
    emails: dict[str, list[Someone]] = field(default_factory=dict[str, list[Someone]])
    names: dict[str, Someone] = field(default_factory=dict[str, Someone])

    def enter(self, one: Someone) -> None:
        if one.match_key is not None:
            self.numbers.setdefault(one.match_key, one)
        if one.email_key is not None:
            self.emails.setdefault(one.email_key, []).append(one)
        if one.name_key is not None:
            self.names.setdefault(one.name_key, one)

    def find(self, one: _Person) -> Someone | None:
        if one.match_key is not None and one.match_key in self.numbers:
            return self.numbers[one.match_key]
        alike = self.emails.get(one.email_key, []) if one.email_key is not None else []
        for other in alike:
            if one.match_key is None or other.match_key is None:
                return other
        return self.names.get(one.name_key) if one.name_key is not None else None


def repeated_rows(rows: Sequence[Named], earlier: Iterable[Named]) -> dict[int, int]:
    """The rows that name somebody whom an earlier one names: their numbers, with the earlier one's."""
    book: _Book[Named] = _Book()
    for one in earlier:
        book.enter(one)
    found: dict[int, int] = {}
    for row in rows:
        same = book.find(row)
        if same is None:
            book.enter(row)
        else:
            found[row.number] = same.number
    return found


def lead_of_rows(rows: Sequence[Named], leads: Iterable[Known]) -> dict[int, int]:
    """The rows that are leads already: their numbers, with the leads' ids."""
    book: _Book[Known] = _Book()
    for lead in leads:
        book.enter(lead)
    found = {row.number: book.find(row) for row in rows}
    return {number: lead.id for number, lead in found.items() if lead is not None}


def matches(rows: Sequence[Named], leads: Mapping[int, int], taken: Mapping[int, int]) -> list[Match]:
    """What becomes of each row: `leads` as `lead_of_rows` tells, `taken` those that rows of earlier chunks are."""
    first = dict(taken)
    found: list[Match] = []
    for row in rows:
        lead_id = leads.get(row.number)
        if lead_id is None:
            found.append(Match(row.number))
        elif lead_id in first:
            found.append(Match(row.number, repeats=first[lead_id]))
        else:
            first[lead_id] = row.number
            found.append(Match(row.number, lead_id=lead_id))
    return found

"""What of a situation a brain may see, and whom and what it may name (PRODUCT §10.1-10.3).

Every text that a person or a stranger's system wrote passes the screen here once more, whatever screened it before:
names, imported history, passages, what tools give back. A field is screened unless it is listed as the company's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Final, cast

from core.json_types import Json
from core.prompt_output import contacts_in, links_in
from core.prompt_security import inspect_long
from orchestrator_service.agent.situation import Line, Situation

WITHHELD: Final = "[withheld]"
# What the company wrote of itself, and what the code fills with words of its own.
OURS: Final = frozenset({"agent_name", "company", "contacts", "language", "offer_summary", "script", "tools", "zone"})


@dataclass(frozen=True, slots=True)
class Speakable:
    """The phones, e-mails and links that a reply may carry."""

    contacts: frozenset[str]
    links: frozenset[str]


def admit(situation: Situation) -> Situation:
    """The situation with what the screen blocks withheld. A name that is merely suspect is dropped: none is needed."""
    kept = {
        field.name: admitted(getattr(situation, field.name)) for field in fields(situation) if field.name not in OURS
    }
    name = situation.lead_name
    kept["lead_name"] = name if name and inspect_long(name).action == "allow" else None
    return replace(situation, **kept)  # pyright: ignore[reportArgumentType] - each value keeps the type of its field


def admitted(value: object) -> object:  # noqa: PLR0911 - one answer for each shape
    """A value of any shape with each text in it that the screen blocks replaced; our own lines stay as they are."""
    if isinstance(value, str):
        return WITHHELD if inspect_long(value).action == "block" else value
    if isinstance(value, tuple):
        return tuple(map(admitted, cast("tuple[object, ...]", value)))
    if isinstance(value, list):
        return list(map(admitted, cast("list[object]", value)))
    if isinstance(value, dict):
        return {key: admitted(inner) for key, inner in cast("dict[str, object]", value).items()}
    if isinstance(value, Line) and value.role != "customer":
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: admitted(getattr(value, field.name)) for field in fields(value)})
    return value


def speakable(situation: Situation, told: Sequence[Json]) -> Speakable:
    """Whom and what a reply may name: what the company wrote, looked up or said, and the customer's own contacts.

    `told` are the results of this turn's tools. A link that a customer wrote is not repeated.
    """
    ours = [getattr(situation, name, None) for name in OURS]
    said = [line.text for line in situation.history if line.role != "customer"]
    house = "\n".join(_texts([*ours, *said, situation.knowledge, situation.facts, *told]))
    own = "\n".join([*situation.burst, *(line.text for line in situation.history if line.role == "customer")])
    return Speakable(contacts_in(house) | contacts_in(own) | situation.contacts, links_in(house))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list, frozenset)):
        for inner in cast("Sequence[object]", value):
            yield from _texts(inner)
    elif isinstance(value, dict):
        yield from _texts(list(cast("dict[str, object]", value).values()))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _texts([getattr(value, field.name) for field in fields(value)])

"""The people of the demonstration, the one who was heard of longest ago first; all of them invented."""

from __future__ import annotations

from typing import Final

from nexus.demo.people.argentina import ARGENTINA
from nexus.demo.people.argentina_more import ARGENTINA_MORE
from nexus.demo.people.brazil import BRAZIL
from nexus.demo.people.english import ENGLISH
from nexus.demo.people.mexico import MEXICO
from nexus.demo.person import Person
from nexus.demo.script import passed

PEOPLE: Final[tuple[Person, ...]] = tuple(
    sorted(
        (*ARGENTINA, *ARGENTINA_MORE, *MEXICO, *BRAZIL, *ENGLISH), key=lambda person: passed(person.ago), reverse=True
    )
)

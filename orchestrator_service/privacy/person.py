"""Who is meant by a lead or a client, and what hangs on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar, Final

from core.database import TenantTransaction
from core.errors import BadInput, NotFound
from core.statements import sibling_statements
from orchestrator_service.privacy.markers import Known, Markers, markers_of
from orchestrator_service.privacy.models import Counted, Person

SQL: Final = sibling_statements(__file__)


class NotConfirmed(BadInput):
    """What was typed is not how the person is called here."""

    code: ClassVar[str] = "not_confirmed"
    title: ClassVar[str] = "Not Confirmed"


@dataclass(frozen=True, slots=True)
class Named:
    """From which page somebody is meant: one of the two."""

    lead_id: int | None = None
    client_id: int | None = None

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"lead:{self.lead_id}" if self.lead_id is not None else f"client:{self.client_id}"


async def find_person(tx: TenantTransaction, named: Named) -> Person:
    """Every record of theirs. Raises NotFound."""
    person = await tx.one(SQL["find_person"], Person, **asdict(named))
    if person is None or not (person.lead_ids or person.client_ids):
        raise NotFound
    return person


async def count_person(tx: TenantTransaction, person: Person) -> Counted:
    """What hangs on them."""
    ids = {"lead_ids": person.lead_ids, "client_ids": person.client_ids, "conversation_ids": person.conversation_ids}
    counted = await tx.one(SQL["count_person"], Counted, **ids)
    assert counted is not None, "it counts"
    return counted


async def markers_of_person(tx: TenantTransaction, person: Person) -> Markers:
    """What finds them in the texts of others."""
    ids = {"lead_ids": person.lead_ids, "client_ids": person.client_ids, "contact_ids": person.contact_ids}
    return markers_of(await tx.all(SQL["names_of_person"], Known, **ids))


async def shown_as(tx: TenantTransaction, named: Named) -> str:
    """What has to be typed to erase them: the name, else the number, else the record's own number."""
    shown = await tx.value(SQL["shown_as"], str, **asdict(named))
    return shown.strip() if shown and shown.strip() else f"#{named.lead_id or named.client_id}"


async def demand_confirmed(tx: TenantTransaction, named: Named, typed: str) -> None:
    """Raises NotConfirmed where something else was typed."""
    if typed.strip().casefold() != (await shown_as(tx, named)).casefold():
        raise NotConfirmed("type the name as the page shows it")

"""The fields that a company adds to its leads: made, renamed, ordered, archived (PRODUCT §12.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.database import TenantTransaction
from core.errors import BadInput, Conflict, NotFound
from core.outbox import emit
from core.resilience import optional
from orchestrator_service.fields import repository
from orchestrator_service.fields.values import CustomField, FieldType

MOST_FIELDS: Final = 50


class FieldKeyTaken(Conflict):
    """A field of the company has that key, an archived one perhaps."""

    code = "field_key_taken"
    title = "Field Key Taken"


class TooManyFields(Conflict):
    """As many as a company may have."""

    code = "too_many_fields"
    title = "Too Many Fields"


class BadChoices(BadInput):
    """A choice has two choices or more, each once; other fields have none."""

    code = "bad_choices"


class FieldsChanged(Conflict):
    """The list that was ordered is not the one there is."""

    code = "fields_changed"
    title = "Fields Changed"


async def list_fields(tx: TenantTransaction) -> list[CustomField]:
    """Every field in its order, archived ones last."""

    async def query() -> list[CustomField]:
        return await repository.list_fields(tx)

    return await optional(tx, query, missing=[])


async def add_field(
    tx: TenantTransaction, *, key: str, label: str, type_: FieldType, choices: Sequence[str], required: bool
) -> CustomField:
    """Add a field at the end. Raises FieldKeyTaken, TooManyFields, BadChoices."""
    _judge(type_, choices)
    known = await repository.lock_fields(tx)
    if len(known) >= MOST_FIELDS:
        raise TooManyFields(f"{MOST_FIELDS} fields are kept at most")
    added = await repository.add_field(tx, key=key, label=label, type_=type_, choices=choices, required=required)
    if added is None:
        raise FieldKeyTaken("a field has that key")
    await _announce(tx)
    return next(field for field in await repository.list_fields(tx) if field.id == added)


async def change_field(
    tx: TenantTransaction,
    field_id: int,
    *,
    label: str | None = None,
    choices: Sequence[str] | None = None,
    required: bool | None = None,
    archived: bool | None = None,
) -> CustomField:
    """Change what is given. Raises NotFound, BadChoices. A choice that is taken away stays where a lead has it."""
    known = {field.id: field for field in await repository.lock_fields(tx)}
    before = known.get(field_id)
    if before is None:
        raise NotFound
    after = replace(
        before,
        label=before.label if label is None else label,
        choices=before.choices if choices is None else list(choices),
        required=before.required if required is None else required,
        archived=before.archived if archived is None else archived,
    )
    _judge(after.type, after.choices)
    await repository.change_field(tx, after)
    await _announce(tx)
    return after


async def order_fields(tx: TenantTransaction, ids: Sequence[int]) -> list[CustomField]:
    """Put all fields in use in this order. Raises FieldsChanged where these are not all of them."""
    known = await repository.lock_fields(tx)
    if sorted(ids) != sorted(field.id for field in known if not field.archived):
        raise FieldsChanged("the fields are others meanwhile")
    await repository.order_fields(tx, ids)
    await _announce(tx)
    return await repository.list_fields(tx)


def _judge(type_: FieldType, choices: Sequence[str]) -> None:
    enough = len(choices) > 1 and len(set(choices)) == len(choices)
    if (type_ == "choice") != bool(choices) or (choices and not enough):
        raise BadChoices("a choice has two choices or more, each once; other fields have none")


async def _announce(tx: TenantTransaction) -> None:
    await emit(tx, "SETTINGS_UPDATED", {"section": "fields"}, owner_user_id=None, audience="everyone")

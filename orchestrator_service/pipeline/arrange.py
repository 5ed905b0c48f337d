"""Naming and ordering the stages: all of them at once, on what was read, with what changed in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.database import TenantTransaction
from core.errors import Conflict
from core.json_types import Json
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.pipeline.stages import Stage, list_stages, lock_stages, version_of, write_stages

_ORDER: Final = {"open": 0, "won": 1, "lost": 2}


@dataclass(frozen=True, slots=True)
class Named:
    """A stage and the name that it shall have."""

    id: int
    name: str


class StagesChanged(Conflict):
    """Somebody named or ordered the stages meanwhile; `current` has them, `version` names them."""

    code = "settings_changed"
    title = "Stages Changed"


class OtherStages(Conflict):
    """The list is not the company's stages, each once."""

    code = "other_stages"
    title = "Other Stages"


class OrderBroken(Conflict):
    """The won and the lost stage stand behind the open ones: leads are only ever advanced towards them."""

    code = "stage_order"
    title = "Stage Order"


class NameTwice(Conflict):
    """Two stages would read the same."""

    code = "stage_name_twice"
    title = "Stage Name Twice"


async def arrange_stages(
    tx: TenantTransaction, principal: Principal, wanted: Sequence[Named], *, seen: str
) -> list[Stage]:
    """Give the stages, which were read as version `seen`, these names in this order.

    Raises StagesChanged, OtherStages, OrderBroken, NameTwice.
    """
    current = await lock_stages(tx)
    if [(stage.id, stage.name) for stage in current] == [(named.id, named.name) for named in wanted]:
        return current
    if version_of(current) != seen:
        told: list[Json] = [{"id": stage.id, "name": stage.name} for stage in current]
        raise StagesChanged(
            "somebody changed the stages meanwhile", extra={"current": told, "version": version_of(current)}
        )
    _check(current, wanted)
    await write_stages(tx, [named.id for named in wanted], [named.name for named in wanted])
    arranged = await list_stages(tx)
    await record_event(
        tx,
        "settings.changed",
        user_id=principal.user_id,
        subject="settings:stages",
        detail={"changes": {"stages": {"was": _names(current), "became": _names(arranged)}}},
    )
    await emit(tx, "SETTINGS_UPDATED", {"section": "stages"}, owner_user_id=None, audience="everyone")
    return arranged


def _check(current: Sequence[Stage], wanted: Sequence[Named]) -> None:
    known = {stage.id: stage for stage in current}
    if sorted(known) != sorted(named.id for named in wanted):
        raise OtherStages("name each of the company's stages once")
    order = [_ORDER[known[named.id].kind] for named in wanted]
    if order != sorted(order):
        raise OrderBroken("the open stages come first, then the won one, then the lost one")
    if len({named.name.casefold() for named in wanted}) < len(wanted):
        raise NameTwice("two stages have the same name")


def _names(stages: Sequence[Stage]) -> list[Json]:
    return [f"{stage.key}: {stage.name}" for stage in stages]

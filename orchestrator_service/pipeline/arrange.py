"""Naming, ordering and limiting the stages: all at once, on what was read, with what changed in the audit log."""

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
    """A stage, the name that it shall have, and after how many days in it a lead is marked (None: never)."""

    id: int
    name: str
    day_limit: int | None = None


class StagesChanged(Conflict):
    """Somebody changed the stages meanwhile; `current` has them, `version` names them."""

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


class LimitAtEnd(Conflict):
    """Who has bought or is lost does not stay too long anywhere."""

    code = "stage_limit"
    title = "Stage Limit"


class NameTwice(Conflict):
    """Two stages would read the same."""

    code = "stage_name_twice"
    title = "Stage Name Twice"


async def arrange_stages(
    tx: TenantTransaction, principal: Principal, wanted: Sequence[Named], *, seen: str
) -> list[Stage]:
    """Give the stages, which were read as version `seen`, these names and limits in this order.

    Raises StagesChanged, OtherStages, OrderBroken, LimitAtEnd, NameTwice.
    """
    current = await lock_stages(tx)
    if [(one.id, one.name, one.day_limit) for one in current] == [(one.id, one.name, one.day_limit) for one in wanted]:
        return current
    if version_of(current) != seen:
        told: list[Json] = [{"id": one.id, "name": one.name, "day_limit": one.day_limit} for one in current]
        raise StagesChanged(
            "somebody changed the stages meanwhile", extra={"current": told, "version": version_of(current)}
        )
    _check(current, wanted)
    limits = [named.day_limit for named in wanted]
    await write_stages(tx, [named.id for named in wanted], [named.name for named in wanted], limits)
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
    if any(named.day_limit is not None and known[named.id].kind != "open" for named in wanted):
        raise LimitAtEnd("only the open stages have a limit")
    if len({named.name.casefold() for named in wanted}) < len(wanted):
        raise NameTwice("two stages have the same name")


def _names(stages: Sequence[Stage]) -> list[Json]:
    limits = {stage.id: "" if stage.day_limit is None else f" ({stage.day_limit} d)" for stage in stages}
    return [f"{stage.key}: {stage.name}{limits[stage.id]}" for stage in stages]

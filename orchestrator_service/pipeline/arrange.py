"""Arranging the stages: all at once, on what was read, with what changed in the audit log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from core.database import TenantTransaction
from core.errors import Conflict
from core.folding import fold
from core.json_types import Json
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.pipeline.defaults import FIRST_STAGE
from orchestrator_service.pipeline.stages import Stage, add_stage, list_stages, lock_stages, version_of, write_stages

_ORDER: Final = {"open": 0, "won": 1, "lost": 2}
_EVEN: Final = {"open": 50, "won": 100, "lost": 0}
Kind = Literal["open", "won", "lost"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stage as it shall be; `id` None: a new one, of which `kind` must be said.

    `day_limit` None: its leads are never marked. Of the others, None leaves a stage as it is. `closed_to` holds keys.
    """

    id: int | None
    name: str
    day_limit: int | None = None
    kind: Kind | None = None
    probability: int | None = None
    closed_to: tuple[str, ...] | None = None


class StagesChanged(Conflict):
    """Somebody changed the stages meanwhile; `current` has them, `version` names them."""

    code = "settings_changed"
    title = "Stages Changed"


class OtherStages(Conflict):
    """The list lacks one of the company's stages, or names one that is none."""

    code = "other_stages"
    title = "Other Stages"


class OrderBroken(Conflict):
    """The won and the lost stages stand behind the open ones: leads are only ever advanced towards them."""

    code = "stage_order"
    title = "Stage Order"


class StageNeeded(Conflict):
    """New leads need the first stage, open; and every company has a stage for won and one for lost leads."""

    code = "stage_needed"
    title = "Stage Needed"


class LimitAtEnd(Conflict):
    """Who has bought or is lost does not stay too long anywhere."""

    code = "stage_limit"
    title = "Stage Limit"


class NameTwice(Conflict):
    """Two stages would read the same."""

    code = "stage_name_twice"
    title = "Stage Name Twice"


async def arrange_stages(
    tx: TenantTransaction, principal: Principal, wanted: Sequence[Wanted], *, seen: str
) -> list[Stage]:
    """Make the stages, which were read as version `seen`, these in this order; new ones among them are added.

    Raises StagesChanged, OtherStages, OrderBroken, StageNeeded, LimitAtEnd, NameTwice.
    """
    current = await lock_stages(tx)
    became = _became(current, wanted)
    if became == current:
        return current
    if version_of(current) != seen:
        told: list[Json] = [{"id": one.id, "name": one.name, "day_limit": one.day_limit} for one in current]
        raise StagesChanged(
            "somebody changed the stages meanwhile", extra={"current": told, "version": version_of(current)}
        )
    check_stages(became)
    stored = [
        replace(stage, id=await add_stage(tx, stage.key, stage.name, stage.kind)) if stage.id == 0 else stage
        for stage in became
    ]
    await write_stages(tx, stored)
    arranged = await list_stages(tx)
    await tell_arranged(tx, principal, current, arranged)
    return arranged


async def tell_arranged(
    tx: TenantTransaction, principal: Principal, was: Sequence[Stage], became: Sequence[Stage]
) -> None:
    """Keep who changed the stages, and tell every window of it."""
    await record_event(
        tx,
        "settings.changed",
        user_id=principal.user_id,
        subject="settings:stages",
        detail={"changes": {"stages": {"was": _names(was), "became": _names(became)}}},
    )
    await emit(tx, "SETTINGS_UPDATED", {"section": "stages"}, owner_user_id=None, audience="everyone")


def check_stages(stages: Sequence[Stage]) -> None:
    """Raise what is wrong with a pipeline of these stages."""
    order = [_ORDER[stage.kind] for stage in stages]
    if order != sorted(order):
        raise OrderBroken("the open stages come first, then the won ones, then the lost ones")
    kinds = {stage.kind for stage in stages}
    if kinds != set(_ORDER) or not any(stage.key == FIRST_STAGE and stage.kind == "open" for stage in stages):
        raise StageNeeded("new leads need their open stage, and won and lost leads one each")
    if any(stage.day_limit is not None and stage.kind != "open" for stage in stages):
        raise LimitAtEnd("only the open stages have a limit")
    if len({stage.name.casefold() for stage in stages}) < len(stages):
        raise NameTwice("two stages have the same name")


def key_of(name: str, taken: Sequence[str]) -> str:
    """The key of a new stage: its name in the letters that a key may have, unlike all that are taken."""
    letters = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:30]
    key = letters if re.match("[a-z]", letters) else f"stage_{letters}".strip("_")
    number = 2
    while key in taken:
        key = f"{re.sub('_[0-9]+$', '', key)}_{number}"
        number += 1
    return key


def _became(current: Sequence[Stage], wanted: Sequence[Wanted]) -> list[Stage]:
    """The stages as they shall be, in order; a new one has the id 0."""
    known = {stage.id: stage for stage in current}
    if sorted(known) != sorted(one.id for one in wanted if one.id is not None):
        raise OtherStages("name each of the company's stages once")
    keys = [stage.key for stage in current]
    stages: list[Stage] = []
    for position, one in enumerate(wanted, start=1):
        if one.id is None:
            kind: Kind = one.kind or "open"
            keys.append(key_of(one.name, keys))
            stage = Stage(0, keys[-1], one.name, kind, position, None, _EVEN[kind], [])
        else:
            stage = known[one.id]
        closed = stage.closed_to if one.closed_to is None else sorted(set(one.closed_to))
        stages.append(
            replace(
                stage,
                name=one.name,
                kind=one.kind or stage.kind,
                day_limit=one.day_limit,
                probability=stage.probability if one.probability is None else one.probability,
                closed_to=closed,
                position=position,
            )
        )
    for stage in stages:
        if stage.key in stage.closed_to or not set(stage.closed_to) <= set(keys):
            raise OtherStages("a stage is closed to other stages of the company alone")
    return stages


def _names(stages: Sequence[Stage]) -> list[Json]:
    return [_told(stage) for stage in stages]


def _told(stage: Stage) -> str:
    limit = "" if stage.day_limit is None else f" ({stage.day_limit} d)"
    closed = f" ⊘ {', '.join(stage.closed_to)}" if stage.closed_to else ""
    return f"{stage.key}: {stage.name}{limit}{closed}"

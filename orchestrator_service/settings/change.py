"""Saving a section of the settings: on what was read, told to everybody, with old and new values in the audit log."""

from __future__ import annotations

from dataclasses import asdict
from typing import TypeVar

from core.credential_names import WHISPER_KEY
from core.database import TenantTransaction
from core.errors import Conflict
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.agent.versions import adopt_name
from orchestrator_service.settings import repository
from orchestrator_service.settings.models import (
    NAMES,
    AgentBasics,
    CompanySettings,
    MediaModels,
    MeetingRules,
    changes,
    version_of,
)
from orchestrator_service.vault.change import forget_moved

Kind = TypeVar("Kind", CompanySettings, AgentBasics, MeetingRules, MediaModels)


class SettingsChanged(Conflict):
    """Somebody saved the section meanwhile. `current` has its values and `version` names them."""

    code = "settings_changed"
    title = "Settings Changed"


async def change_section(tx: TenantTransaction, principal: Principal, wanted: Kind, *, seen: str) -> Kind:
    """Save a section that was read as version `seen`; its values hold at once. Raises SettingsChanged."""
    await repository.lock(tx)
    kind = type(wanted)
    current = await repository.read(tx, kind)
    if current == wanted:
        return current
    if version_of(current) != seen:
        raise SettingsChanged(
            "somebody saved this section meanwhile",
            extra={"current": asdict(current), "version": version_of(current)},
        )
    await repository.write(tx, wanted)
    if isinstance(wanted, MediaModels) and isinstance(current, MediaModels) and _moves(current, wanted):
        await forget_moved(tx, principal, WHISPER_KEY)
    section = NAMES[kind]
    await record_event(
        tx,
        "settings.changed",
        user_id=principal.user_id,
        subject=f"settings:{section}",
        detail={"changes": changes(current, wanted)},
    )
    await emit(tx, "SETTINGS_UPDATED", {"section": section}, owner_user_id=None, audience="everyone")
    if isinstance(wanted, AgentBasics):
        await adopt_name(tx, principal, wanted.agent_name)
        told = {"agent_name": wanted.agent_name, "agent_mode": wanted.agent_mode}
        await emit(tx, "AGENT_UPDATED", told, owner_user_id=None, audience="everyone")
    return wanted


def _moves(current: MediaModels, wanted: MediaModels) -> bool:
    """Whether voice notes go elsewhere, or nowhere; a company that heard none may have set its key before."""
    elsewhere = current.whisper_base_url != wanted.whisper_base_url
    return bool(current.whisper_model) and (elsewhere or not wanted.whisper_model)

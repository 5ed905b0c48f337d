"""Versions of the agent (PRODUCT §9.1): one draft that is written, published versions that never change.

`tenant_settings.agent_name` and `offer_summary` follow what is published, for all that show them. A company that has
published nothing speaks by what it was founded with; its first publication keeps that as version 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.json_types import JsonObject
from core.outbox import emit
from core.principal import Principal
from core.resilience import optional
from core.statements import load_statements
from core.system_events import record_event
from orchestrator_service.agent.script import Language, Script, changed_fields, founding_script, version_of
from orchestrator_service.agent.settings import read_settings

SQL = load_statements(Path(__file__).with_name("versions.sql"))


class ScriptChanged(Conflict):
    """Somebody else wrote meanwhile. `current` is what stands now and `version` names it."""

    code = "script_changed"
    title = "Script Changed"


class NothingToPublish(Conflict):
    """No draft, or one that says what the agent says already."""

    code = "nothing_to_publish"
    title = "Nothing To Publish"


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; `author` None: as the company was founded. `restored_from` is an earlier number."""

    id: int
    number: int
    body: JsonObject
    restored_from: int | None
    author_user_id: int | None
    author: str | None
    published_at: datetime

    @property
    def script(self) -> Script:
        """What it says."""
        return Script.model_validate(self.body)


@dataclass(frozen=True, slots=True)
class Draft:
    """The version that is being written."""

    body: JsonObject
    author_user_id: int
    author: str
    updated_at: datetime

    @property
    def script(self) -> Script:
        """What it says."""
        return Script.model_validate(self.body)


@dataclass(frozen=True, slots=True)
class Live:
    """What the agent says now; `version` None where the company has published nothing."""

    script: Script
    version: Version | None


@dataclass(frozen=True, slots=True)
class _Founded:
    agent_name: str
    offer_summary: str
    language: Language


async def live_script(tx: TenantTransaction) -> Live:
    """What the agent says now. Raises NotFound where the company has no settings."""

    async def query() -> Version | None:
        return await tx.one(SQL["live_version"], Version)

    version = await optional(tx, query, missing=None)
    if version is not None:
        return Live(version.script, version)
    founded = await tx.one(SQL["founded_with"], _Founded)
    if founded is None:
        raise NotFound
    return Live(founding_script(founded.agent_name, founded.offer_summary, founded.language), None)


async def find_draft(tx: TenantTransaction) -> Draft | None:
    """The draft, None where nothing is being written."""

    async def query() -> Draft | None:
        return await tx.one(SQL["find_draft"], Draft)

    return await optional(tx, query, missing=None)


async def script_to_try(tx: TenantTransaction) -> Script:
    """The draft where there is one, else what the agent says now."""
    draft = await find_draft(tx)
    return draft.script if draft is not None else (await live_script(tx)).script


async def save_draft(tx: TenantTransaction, principal: Principal, script: Script, *, seen: str) -> None:
    """Keep what is written so far over the words that were read as version `seen`. Raises ScriptChanged.

    Written back to what the agent says already, it is no draft any more.
    """
    live = await _demand_unchanged(tx, seen)
    if version_of(script) == version_of(live.script):
        await tx.run(SQL["drop_draft"])
    else:
        await tx.run(SQL["save_draft"], body=script.model_dump(mode="json"), author_user_id=principal.user_id)
    await _announce_draft(tx)


async def discard_draft(tx: TenantTransaction) -> None:
    """Forget what was written."""
    await tx.run(SQL["lock_settings"])
    await tx.run(SQL["drop_draft"])
    await _announce_draft(tx)


async def publish(tx: TenantTransaction, principal: Principal, *, seen: str) -> None:
    """Let the agent speak by the draft from its next turn on. Raises ScriptChanged, NothingToPublish."""
    live = await _demand_unchanged(tx, seen)
    draft = await find_draft(tx)
    if draft is None or version_of(draft.script) == version_of(live.script):
        raise NothingToPublish("nothing differs from what the agent says already")
    await _publish(tx, principal, live, draft.script, None)
    await tx.run(SQL["drop_draft"])


async def restore(tx: TenantTransaction, principal: Principal, version_id: int) -> None:
    """Publish an old version anew; a draft stays. Raises NotFound, NothingToPublish where it is in force already."""
    await tx.run(SQL["lock_settings"])
    old = await read_version(tx, version_id)
    live = await live_script(tx)
    if version_of(old.script) == version_of(live.script):
        raise NothingToPublish("the agent speaks by these words already")
    await _publish(tx, principal, live, old.script, old.number)


async def adopt_name(tx: TenantTransaction, principal: Principal, agent_name: str) -> None:
    """The settings gave the agent another name: where versions exist, that is one. Whoever calls has locked them."""
    live = await live_script(tx)
    if live.version is not None and live.script.agent_name != agent_name:
        named = live.script.model_copy(update={"agent_name": agent_name})
        await _add(tx, principal, named, None)


async def list_versions(tx: TenantTransaction, *, before_id: int, most: int) -> list[Version]:
    """At most `most` published versions below `before_id`, newest first."""

    async def query() -> list[Version]:
        return await tx.all(SQL["list_versions"], Version, before_id=before_id, most=most)

    return await optional(tx, query, missing=[])


async def read_version(tx: TenantTransaction, version_id: int) -> Version:
    """One published version. Raises NotFound."""
    version = await tx.one(SQL["find_version"], Version, version_id=version_id)
    if version is None:
        raise NotFound
    return version


async def _demand_unchanged(tx: TenantTransaction, seen: str) -> Live:
    await tx.run(SQL["lock_settings"])
    live, draft = await live_script(tx), await find_draft(tx)
    current = draft.script if draft is not None else live.script
    if version_of(current) != seen:
        raise ScriptChanged(
            "somebody wrote meanwhile",
            extra={"current": current.model_dump(mode="json"), "version": version_of(current)},
        )
    return live


async def _publish(
    tx: TenantTransaction, principal: Principal, live: Live, script: Script, restored_from: int | None
) -> None:
    if live.version is None:
        await tx.value(
            SQL["add_version"],
            int,
            body=live.script.model_dump(mode="json"),
            restored_from=None,
            author_user_id=None,
        )
    version_id = await _add(tx, principal, script, restored_from)
    await tx.run(SQL["show_version"], agent_name=script.agent_name, offer_summary=script.offer)
    await record_event(
        tx,
        "agent.published",
        user_id=principal.user_id,
        subject=f"agent_version:{version_id}",
        detail={"fields": [*changed_fields(live.script, script)], "restored_from": restored_from},
    )
    settings = await read_settings(tx)
    told: JsonObject = {"agent_name": settings.agent_name, "agent_mode": settings.agent_mode}
    await emit(tx, "AGENT_UPDATED", told, owner_user_id=None, audience="everyone")
    await _announce_draft(tx)


async def _add(tx: TenantTransaction, principal: Principal, script: Script, restored_from: int | None) -> int:
    version_id = await tx.value(
        SQL["add_version"],
        int,
        body=script.model_dump(mode="json"),
        restored_from=restored_from,
        author_user_id=principal.user_id,
    )
    assert version_id is not None, "an insert without conflict answers its id"
    return version_id


async def _announce_draft(tx: TenantTransaction) -> None:
    """Whoever has the page of the agent open reads it anew."""
    await emit(tx, "SETTINGS_UPDATED", {"section": "script"}, owner_user_id=None, audience="everyone")

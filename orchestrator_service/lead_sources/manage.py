"""Sources as people keep them. One that is not wanted any more is switched off: what came by it stays explained."""

from __future__ import annotations

import secrets as random_bytes
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from core.channels import read_credential, store_credential
from core.credential_names import lead_hook_secrets_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.directory import Directory
from core.errors import Conflict, NotFound
from core.json_types import JsonObject
from core.principal import Principal
from core.resilience import optional
from core.secret import Secret
from core.standard_webhooks import new_secret
from core.system_events import record_event
from orchestrator_service.fields.keep import list_fields
from orchestrator_service.fields.values import UnknownField
from orchestrator_service.lead_sources import repository
from orchestrator_service.lead_sources.ad_fields import mapping_of, suggested, target_of
from orchestrator_service.lead_sources.models import CUSTOM, AskedQuestion, FormSettings, Kind, Received, Source

MOST_SOURCES: Final = 50
KEY_BYTES: Final = 18


class TooManySources(Conflict):
    """A company keeps at most fifty."""

    code = "too_many_sources"
    title = "Too Many Sources"


class PageTaken(Conflict):
    """The page is a source of the company already."""

    code = "page_taken"
    title = "Page Taken"


class OtherKind(Conflict):
    """Only a form has questions, and only a hook a secret."""

    code = "other_kind"
    title = "Other Kind"


async def list_sources(tx: TenantTransaction) -> list[Source]:
    """All of the company's, those in use first."""

    async def query() -> list[Source]:
        return await repository.list_sources(tx)

    return await optional(tx, query, missing=[])


async def add_source(  # noqa: PLR0917 - what a source is made of
    tx: TenantTransaction,
    directory: Directory,
    keyring: Keyring,
    principal: Principal,
    kind: Kind,
    name: str,
    form: FormSettings | None = None,
    page_id: str | None = None,
) -> tuple[Source, Secret | None]:
    """The source, and the secret of a hook, which is never shown again. Raises TooManySources, PageTaken."""
    await repository.lock_company(tx)
    if len(await repository.list_sources(tx)) >= MOST_SOURCES:
        raise TooManySources
    settings: JsonObject = form.model_dump(mode="json") if form is not None else {}
    key = random_bytes.token_urlsafe(KEY_BYTES)
    source_id = await repository.add_source(tx, kind, name, key, settings=settings, page_id=page_id)
    if source_id is None:
        raise PageTaken
    await directory.add(tx, "form" if kind == "form" else "lead_hook", key, int(tx.tenant_id), source_id)
    secret = new_secret() if kind == "hook" else None
    if secret is not None:
        await store_credential(tx, keyring, lead_hook_secrets_name(source_id), secret)
    await _tell(tx, principal, "lead_sources.created", source_id)
    return await find_source(tx, source_id), secret


async def change_source(
    tx: TenantTransaction, principal: Principal, source_id: int, changes: dict[str, object]
) -> Source:
    """Write `name`, `active`, `form`, `mapping` or `owner_ids`.

    Raises NotFound, for an owner who does not work here too, OtherKind, UnknownField.
    """
    before = await _locked(tx, source_id)
    changes = dict(changes)
    form, mapping = changes.pop("form", None), changes.pop("mapping", None)
    if mapping is not None:
        if before.kind != "page":
            raise OtherKind
        changes["settings"] = {**before.settings, "fields": await _checked(tx, cast("dict[str, str]", mapping))}
    if isinstance(form, FormSettings):
        if before.kind != "form":
            raise OtherKind
        changes["settings"] = form.model_dump(mode="json")
    after = replace(before, **changes)  # type: ignore[arg-type]
    if after == before:
        return before
    if not await repository.all_members(tx, after.owner_ids):
        raise NotFound
    await repository.change_source(tx, after)
    await _tell(tx, principal, "lead_sources.changed", source_id)
    return after


async def rotate_secret(
    tx: TenantTransaction, keyring: Keyring, principal: Principal, source_id: int, now: datetime
) -> tuple[Source, Secret]:
    """A new secret for a hook; what the former one signed is believed for another day. Raises NotFound, OtherKind."""
    before = await _locked(tx, source_id)
    if before.kind != "hook":
        raise OtherKind
    name, secret = lead_hook_secrets_name(source_id), new_secret()
    former = await read_credential(tx, keyring, name)
    kept = [secret.reveal(), *(former.reveal().splitlines()[:1] if former else [])]
    await store_credential(tx, keyring, name, Secret("\n".join(kept)))
    after = replace(before, settings={**before.settings, "rotated_at": now.isoformat()})
    await repository.change_source(tx, after)
    await _tell(tx, principal, "lead_sources.secret_rotated", source_id)
    return after, secret


async def list_received(tx: TenantTransaction, source_id: int, *, before_id: int, most: int) -> list[Received]:
    """What came by a source, newest first. Raises NotFound."""
    await find_source(tx, source_id)
    return await repository.list_received(tx, source_id, before_id=before_id, most=most)


async def list_questions(tx: TenantTransaction, source_id: int) -> list[AskedQuestion]:
    """What the newest leads of a page were asked, with where the answers go. Raises NotFound, OtherKind."""
    source = await find_source(tx, source_id)
    if source.kind != "page":
        raise OtherKind
    seen = {row.question: row.example for row in await repository.list_questions(tx, source_id)}
    known = {**dict.fromkeys(mapping_of(source), None), **seen}
    return [
        AskedQuestion(question, target_of(source, question), suggested(question), example)
        for question, example in sorted(known.items())
    ]


async def _checked(tx: TenantTransaction, mapping: dict[str, str]) -> JsonObject:
    """A mapping whose own fields are in use."""
    own = {CUSTOM + field.key for field in await list_fields(tx) if not field.archived}
    for target in mapping.values():
        if target.startswith(CUSTOM) and target not in own:
            raise UnknownField("no field of that key is in use", extra={"field": target.removeprefix(CUSTOM)})
    return {**mapping}


async def find_source(tx: TenantTransaction, source_id: int) -> Source:
    """One of the company's. Raises NotFound."""
    source = await repository.find_source(tx, source_id)
    if source is None:
        raise NotFound
    return source


async def _locked(tx: TenantTransaction, source_id: int) -> Source:
    if not await repository.lock_source(tx, source_id):
        raise NotFound
    return await find_source(tx, source_id)


async def _tell(tx: TenantTransaction, principal: Principal, action: str, source_id: int) -> None:
    await record_event(tx, action, user_id=principal.user_id, subject=f"lead_source:{source_id}")

"""Clients as the team types, edits, puts away and restores them: within one's scope, every change announced.

A client that somebody deleted stays deleted: a lead that is one is not converted again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import datetime

from core.database import TenantTransaction
from core.errors import BadInput, Conflict, NotFound
from core.phone import canonical_e164
from core.principal import Principal, UserId
from orchestrator_service.auth.permissions import Permission, owner_filter, require, visible
from orchestrator_service.clients import repository
from orchestrator_service.clients.announce import announce_client, announce_client_gone
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import Client, ClientContact, ClientFields, NewClient


class BadClientPhone(BadInput):
    """Text that is no possible phone number."""

    code = "bad_phone"


class ClientDeleted(Conflict):
    """It was put away: restore it before it is changed."""

    code = "client_deleted"
    title = "Client Deleted"


async def add_client(tx: TenantTransaction, principal: Principal, fields: ClientFields, now: datetime) -> Client:
    """A client that was no lead. Without an owner it is the caller's, where the caller sees own records only.

    Raises BadClientPhone; NotFound for an owner who is not of the company, Forbidden for one other than oneself
    without the right to assign.
    """
    scope = owner_filter(principal, Permission.CLIENTS_WRITE)
    if fields.owner_user_id is None and scope.owner is not None:
        fields = replace(fields, owner_user_id=int(scope.owner))
    checked = await _checked(tx, principal, fields, before=None)
    columns = {field.name: getattr(checked, field.name) for field in fields_of(ClientFields)}
    client_id = await create_client(tx, NewClient(lead_id=None, created_at=now, **columns))
    assert client_id is not None, "only a lead can be a client already"
    return await _client(tx, client_id)


async def edit_client(
    tx: TenantTransaction, principal: Principal, client_id: int, changes: Mapping[str, object]
) -> Client:
    """Write what `changes` names of `ClientFields` and announce it. Raises as `add_client`, and ClientDeleted."""
    client = await _locked(tx, principal, client_id)
    before = ClientFields(**{field.name: getattr(client, field.name) for field in fields_of(ClientFields)})
    after = await _checked(tx, principal, replace(before, **changes), before=before)
    changed = [
        field.name for field in fields_of(ClientFields) if getattr(before, field.name) != getattr(after, field.name)
    ]
    if not changed:
        return client
    await repository.write_client(tx, client_id, after)
    if before.owner_user_id != after.owner_user_id and before.owner_user_id is not None:
        await announce_client_gone(tx, client_id, before.owner_user_id)
    await announce_client(tx, client_id, *changed)
    return await _client(tx, client_id)


async def put_away(tx: TenantTransaction, principal: Principal, client_id: int, *, deleted: bool) -> Client:
    """Delete softly, or restore; the same answer when called again. Raises NotFound out of scope."""
    client = _seen(principal, await repository.lock_client(tx, client_id))
    if (client.deleted_at is not None) == deleted:
        return client
    await repository.set_deleted(tx, client_id, deleted=deleted)
    await announce_client(tx, client_id, "deleted_at")
    return await _client(tx, client_id)


async def write_contacts(
    tx: TenantTransaction, principal: Principal, client_id: int, contacts: Sequence[ClientContact]
) -> list[ClientContact]:
    """Replace the persons of a client, in this order. Raises NotFound, ClientDeleted, BadClientPhone."""
    await _locked(tx, principal, client_id)
    country = await repository.tenant_country(tx)
    checked = [replace(contact, phone=_phone(contact.phone, country)) for contact in contacts]
    await repository.write_contacts(tx, client_id, checked)
    await announce_client(tx, client_id, "contacts")
    return checked


async def _locked(tx: TenantTransaction, principal: Principal, client_id: int) -> Client:
    client = _seen(principal, await repository.lock_client(tx, client_id))
    if client.deleted_at is not None:
        raise ClientDeleted("it was deleted: restore it first")
    return client


def _seen(principal: Principal, client: Client | None) -> Client:
    owner = UserId(client.owner_user_id) if client and client.owner_user_id is not None else None
    if client is None or not visible(principal, Permission.CLIENTS_WRITE, owner):
        raise NotFound
    return client


async def _checked(
    tx: TenantTransaction, principal: Principal, fields: ClientFields, *, before: ClientFields | None
) -> ClientFields:
    """The fields with the phone in its canonical form."""
    owner = fields.owner_user_id
    if owner != (before.owner_user_id if before else None):
        if owner != principal.user_id:
            require(principal, Permission.LEADS_ASSIGN)
        if owner is not None and not await repository.active_member(tx, owner):
            raise NotFound
    if fields.phone is None or (before is not None and fields.phone == before.phone):
        return fields
    return replace(fields, phone=_phone(fields.phone, await repository.tenant_country(tx)))


def _phone(typed: str | None, country: str | None) -> str | None:
    if typed is None:
        return None
    phone = canonical_e164(typed, region=country)
    if phone is None:
        raise BadClientPhone("that is no phone number")
    return phone


async def _client(tx: TenantTransaction, client_id: int) -> Client:
    client = await repository.find_client(tx, client_id)
    assert client is not None, "it was just written"
    return client

"""The one permission table (PRODUCT §5.4, UI §3): role and permission give a record scope; what is unlisted is denied.

Routes, tools, sockets, MCP and the web app all read it from here. A scope says which records of the caller's own tenant
the permission reaches; another tenant's records are out of reach of every role. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.errors import Forbidden
from core.principal import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.principal import Principal, Role, UserId


class Permission(StrEnum):
    """What can be allowed. `write` includes create, edit and soft delete."""

    LEADS_READ = "leads.read"
    LEADS_WRITE = "leads.write"
    LEADS_ASSIGN = "leads.assign"
    LEADS_IMPORT = "leads.import"
    PIPELINE_READ = "pipeline.read"
    PIPELINE_WRITE = "pipeline.write"
    CLIENTS_READ = "clients.read"
    CLIENTS_WRITE = "clients.write"
    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_WRITE = "conversations.write"
    AGENDA_READ = "agenda.read"
    AGENDA_BOOK = "agenda.book"
    AGENDA_WRITE = "agenda.write"
    SELLERS_READ = "sellers.read"
    SELLERS_WRITE = "sellers.write"
    SELLERS_MANAGE = "sellers.manage"
    CANNED_WRITE = "canned.write"
    TEMPLATES_USE = "templates.use"
    TEMPLATES_READ = "templates.read"
    TEMPLATES_WRITE = "templates.write"
    BROADCASTS_READ = "broadcasts.read"
    BROADCASTS_WRITE = "broadcasts.write"
    TRANSACTIONS_READ = "transactions.read"
    TRANSACTIONS_WRITE = "transactions.write"
    KNOWLEDGE_READ = "knowledge.read"
    KNOWLEDGE_WRITE = "knowledge.write"
    AGENT_READ = "agent.read"
    AGENT_WRITE = "agent.write"
    EXPORTS = "exports"
    PRIVACY_ERASE = "privacy.erase"
    SETTINGS_READ = "settings.read"
    SETTINGS_WRITE = "settings.write"
    VAULT_READ = "vault.read"
    VAULT_WRITE = "vault.write"
    API_KEYS_READ = "api_keys.read"
    API_KEYS_WRITE = "api_keys.write"
    WEBHOOKS_READ = "webhooks.read"
    WEBHOOKS_WRITE = "webhooks.write"
    USERS_READ = "users.read"
    USERS_WRITE = "users.write"
    AUDIT_READ = "audit.read"
    REPORTS_READ = "reports.read"
    TEAM_READ = "team.read"


class Scope(IntEnum):
    """Which records of the tenant: each value includes the ones below it."""

    NONE = 0
    OWN = 1
    UNASSIGNED_AND_OWN = 2
    TENANT = 3


@dataclass(frozen=True, slots=True)
class OwnerFilter:
    """The scope as a list statement needs it: every record (`owner` None), or this owner's and maybe the unassigned."""

    owner: UserId | None
    unassigned: bool


_EVERYONE: Final[Mapping[Permission, Scope]] = {
    Permission.TEMPLATES_USE: Scope.TENANT,  # a shut window offers the template picker to whoever may answer
    Permission.TEAM_READ: Scope.TENANT,  # names of colleagues, for owners and mentions; nothing else about them
}
_SELLER: Final[Mapping[Permission, Scope]] = _EVERYONE | {
    Permission.CANNED_WRITE: Scope.OWN,
    Permission.LEADS_READ: Scope.OWN,
    Permission.LEADS_WRITE: Scope.OWN,
    Permission.PIPELINE_READ: Scope.OWN,
    Permission.CLIENTS_READ: Scope.OWN,
    Permission.CLIENTS_WRITE: Scope.OWN,
    Permission.CONVERSATIONS_READ: Scope.OWN,
    Permission.CONVERSATIONS_WRITE: Scope.OWN,
    Permission.AGENDA_READ: Scope.OWN,
    Permission.AGENDA_BOOK: Scope.OWN,
    Permission.AGENDA_WRITE: Scope.OWN,
    Permission.SELLERS_READ: Scope.OWN,  # own profile
    Permission.SELLERS_WRITE: Scope.OWN,
}
_SETTER: Final[Mapping[Permission, Scope]] = _EVERYONE | {
    Permission.CANNED_WRITE: Scope.OWN,
    Permission.LEADS_READ: Scope.UNASSIGNED_AND_OWN,
    Permission.LEADS_WRITE: Scope.UNASSIGNED_AND_OWN,
    Permission.LEADS_ASSIGN: Scope.UNASSIGNED_AND_OWN,
    Permission.PIPELINE_READ: Scope.UNASSIGNED_AND_OWN,
    Permission.CONVERSATIONS_READ: Scope.UNASSIGNED_AND_OWN,
    Permission.CONVERSATIONS_WRITE: Scope.UNASSIGNED_AND_OWN,
    Permission.AGENDA_READ: Scope.TENANT,
    Permission.AGENDA_BOOK: Scope.TENANT,
}
_SECRETARY: Final[Mapping[Permission, Scope]] = _EVERYONE | {
    Permission.CANNED_WRITE: Scope.TENANT,  # the company's replies; whoever has `own` keeps some for themselves
    Permission.LEADS_READ: Scope.TENANT,
    Permission.LEADS_WRITE: Scope.TENANT,
    Permission.LEADS_ASSIGN: Scope.TENANT,
    Permission.PIPELINE_READ: Scope.TENANT,
    Permission.CLIENTS_READ: Scope.TENANT,
    Permission.CLIENTS_WRITE: Scope.TENANT,
    Permission.CONVERSATIONS_READ: Scope.TENANT,
    Permission.CONVERSATIONS_WRITE: Scope.TENANT,
    Permission.AGENDA_READ: Scope.TENANT,
    Permission.AGENDA_BOOK: Scope.TENANT,
    Permission.AGENDA_WRITE: Scope.TENANT,
    Permission.SELLERS_READ: Scope.TENANT,
    Permission.TEMPLATES_READ: Scope.TENANT,
}
_CEO: Final[Mapping[Permission, Scope]] = dict.fromkeys(Permission, Scope.TENANT)

_TABLE: Final[Mapping[str, Mapping[Permission, Scope]]] = MappingProxyType(
    {"ceo": _CEO, "secretary": _SECRETARY, "setter": _SETTER, "closer": _SELLER, "professional": _SELLER}
)


# What no API key can do, whatever its owner may (ADR 0036): hand out access, change how people come in, read or write
# stored secrets, erase people, or have every event of the company sent somewhere else.
NEVER_BY_KEY: Final[frozenset[Permission]] = frozenset(
    {
        Permission.API_KEYS_READ,
        Permission.API_KEYS_WRITE,
        Permission.USERS_READ,
        Permission.USERS_WRITE,
        Permission.VAULT_READ,
        Permission.VAULT_WRITE,
        Permission.SETTINGS_WRITE,
        Permission.WEBHOOKS_READ,
        Permission.WEBHOOKS_WRITE,
        Permission.PRIVACY_ERASE,
    }
)


def scope_of(role: Role, permission: Permission) -> Scope:
    """The scope of a permission for a role; `NONE` for whatever the table does not say, unknown roles included."""
    return _TABLE.get(role, {}).get(permission, Scope.NONE)


def scope_for(principal: Principal, permission: Permission) -> Scope:
    """The scope of a caller: that of the role, as far as the key that asks in somebody's name has the permission."""
    if principal.scopes is not None and (permission in NEVER_BY_KEY or permission.value not in principal.scopes):
        return Scope.NONE
    return scope_of(principal.role, permission)


def require(principal: Principal, permission: Permission) -> Scope:
    """The caller's scope, never `NONE`: raises `Forbidden` instead."""
    scope = scope_for(principal, permission)
    if scope is Scope.NONE:
        who = "your role" if scope_of(principal.role, permission) is Scope.NONE else "this API key"
        raise Forbidden(f"{who} does not allow this", extra={"permission": permission.value})
    return scope


def visible(principal: Principal, permission: Permission, owner_user_id: UserId | None) -> bool:
    """Whether the permission reaches a record of the caller's tenant with this owner (None: unassigned)."""
    scope = scope_for(principal, permission)
    if scope is Scope.TENANT:
        return True
    if owner_user_id is None:
        return scope is Scope.UNASSIGNED_AND_OWN
    return scope is not Scope.NONE and owner_user_id == principal.user_id


def owner_filter(principal: Principal, permission: Permission) -> OwnerFilter:
    """The same rule for lists; raises `Forbidden` when nothing is reached."""
    scope = require(principal, permission)
    if scope is Scope.TENANT:
        return OwnerFilter(owner=None, unassigned=True)
    return OwnerFilter(owner=principal.user_id, unassigned=scope is Scope.UNASSIGNED_AND_OWN)


def allowed_permissions(role: Role) -> Mapping[Permission, Scope]:
    """What `/auth/me` tells the web app: every allowed permission with its scope, in the order of `Permission`."""
    scopes = {permission: scope_of(role, permission) for permission in Permission}
    return MappingProxyType({permission: scope for permission, scope in scopes.items() if scope is not Scope.NONE})


def as_markdown_table() -> str:
    """The table for the docs, one row per permission."""
    words = {Scope.NONE: "no", Scope.OWN: "own", Scope.UNASSIGNED_AND_OWN: "unassigned, own", Scope.TENANT: "tenant"}
    lines = ["| permission | " + " | ".join(ROLES) + " |", "|---|" + "---|" * len(ROLES)]
    for permission in Permission:
        cells = " | ".join(words[scope_of(role, permission)] for role in ROLES)
        lines.append(f"| `{permission.value}` | {cells} |")
    return "\n".join(lines) + "\n"

"""Which room hears what (PRODUCT §13): derived from the permission table, chosen by the server, never by a client.

Every room carries its tenant, so no principal can stand in a room of another company. Pure.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from core.principal import Principal
from orchestrator_service.auth.permissions import Permission, Scope, scope_for

Audience: TypeAlias = Literal["owned", "everyone", "user", "accounts", "agendas", "clients", "left"]

_READS: Final = Permission.LEADS_READ
_AGENDAS: Final = Permission.AGENDA_READ
_CLIENTS: Final = Permission.CLIENTS_READ


def rooms_of_principal(principal: Principal) -> tuple[str, ...]:
    """The rooms that a socket of this principal stands in; none for a role that may read no lead at all."""
    tenant = int(principal.tenant_id)
    own = _user(tenant, int(principal.user_id))
    by_scope: dict[Scope, tuple[str, ...]] = {
        Scope.NONE: (),
        Scope.OWN: (_everyone(tenant), own),
        Scope.UNASSIGNED_AND_OWN: (_everyone(tenant), _unassigned(tenant), own),
        Scope.TENANT: (_everyone(tenant), _all(tenant), own),
    }
    readers = () if scope_for(principal, Permission.USERS_READ) is Scope.NONE else (_accounts(tenant),)
    planners = (_agendas(tenant),) if _sees_agendas_beyond_leads(principal) else ()
    buyers: dict[Scope, tuple[str, ...]] = {
        Scope.OWN: (_clients_of(tenant, int(principal.user_id)),),
        Scope.TENANT: (_clients(tenant),),
    }
    served = buyers.get(scope_for(principal, _CLIENTS), ())
    return by_scope[scope_for(principal, _READS)] + readers + planners + served


def rooms_of_event(tenant_id: int, audience: Audience, owner_user_id: int | None) -> tuple[str, ...]:
    """The rooms that an event goes to. `owned`: tenant-wide readers, and the owner or whoever sees the unassigned.

    `user`: that owner alone; without one, nobody. `accounts`: those who may read the accounts, whatever they see of
    leads. `agendas`: those who read every agenda and do not hear of it as readers of all leads. `clients`: those who
    read all clients, and the owner where they read their own; who reads leads alone hears nothing of clients. `left`:
    the former owner, or whoever sees the unassigned.
    """
    if audience == "user":
        return () if owner_user_id is None else (_user(tenant_id, owner_user_id),)
    if audience == "everyone":
        return (_everyone(tenant_id),)
    if audience == "accounts":
        return (_accounts(tenant_id),)
    if audience == "agendas":
        return (_agendas(tenant_id),)
    if audience == "clients":
        return (_clients(tenant_id), *(() if owner_user_id is None else (_clients_of(tenant_id, owner_user_id),)))
    owners = _unassigned(tenant_id) if owner_user_id is None else _user(tenant_id, owner_user_id)
    return (owners,) if audience == "left" else (_all(tenant_id), owners)


def _sees_agendas_beyond_leads(principal: Principal) -> bool:
    everywhere = {permission: scope_for(principal, permission) is Scope.TENANT for permission in (_AGENDAS, _READS)}
    return everywhere[_AGENDAS] and not everywhere[_READS]


def _everyone(tenant_id: int) -> str:
    return f"t:{tenant_id}:everyone"


def _all(tenant_id: int) -> str:
    return f"t:{tenant_id}:all"


def _accounts(tenant_id: int) -> str:
    return f"t:{tenant_id}:accounts"


def _agendas(tenant_id: int) -> str:
    return f"t:{tenant_id}:agendas"


def _clients(tenant_id: int) -> str:
    return f"t:{tenant_id}:clients"


def _clients_of(tenant_id: int, user_id: int) -> str:
    return f"t:{tenant_id}:clients:{user_id}"


def _unassigned(tenant_id: int) -> str:
    return f"t:{tenant_id}:unassigned"


def _user(tenant_id: int, user_id: int) -> str:
    return f"t:{tenant_id}:user:{user_id}"

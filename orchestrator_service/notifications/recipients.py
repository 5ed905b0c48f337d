"""Who has to hear of something: whoever may see the record and work on it (PRODUCT §5.4). Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from core.principal import Principal, TenantId, UserId
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.notifications.models import Kind
from orchestrator_service.notifications.repository import Worker

# What one must be allowed to do with the record to be told of it.
NEEDED: Final[dict[Kind, Permission]] = {
    "person_needed": Permission.CONVERSATIONS_WRITE,
    "draft_waiting": Permission.CONVERSATIONS_WRITE,
    "failure": Permission.CONVERSATIONS_WRITE,
    "hot_lead": Permission.LEADS_WRITE,
    "booking": Permission.AGENDA_BOOK,
    "meeting_moved": Permission.AGENDA_BOOK,
    "meeting_cancelled": Permission.AGENDA_BOOK,
    "mention": Permission.LEADS_READ,
    "task_due": Permission.LEADS_READ,
    "account_waiting": Permission.USERS_WRITE,
    "recovery_code_used": Permission.TEAM_READ,
    "totp_reset": Permission.TEAM_READ,
    "codes_refused": Permission.TEAM_READ,
    "reset_asked": Permission.USERS_WRITE,
    "password_reset": Permission.TEAM_READ,
    "calendar_lost": Permission.SELLERS_WRITE,
    "learned_answer": Permission.KNOWLEDGE_WRITE,
    "budget_reached": Permission.AGENT_WRITE,
    "lead_received": Permission.LEADS_WRITE,
    "webhook_failing": Permission.WEBHOOKS_WRITE,
    "import_finished": Permission.LEADS_IMPORT,
}
# About somebody's own account, or what they began: nobody else hears of it in their place.
PERSONAL: Final[frozenset[Kind]] = frozenset(
    {"recovery_code_used", "totp_reset", "codes_refused", "password_reset", "import_finished"}
)

# Said to some people by name: nobody else hears of it, the lead's owner neither.
DIRECTED: Final[frozenset[Kind]] = frozenset({"mention", "task_due"})


def directed(
    kind: Kind,
    team: Sequence[Worker],
    named: Collection[int],
    owner: int | None,
    *,
    tenant_id: int,
    caused_by: int | None,
) -> list[int]:
    """Ids of those of the named who see a record of that owner, in order."""
    whose = UserId(owner) if owner is not None else None

    def reaches(worker: Worker) -> bool:
        return visible(Principal(TenantId(tenant_id), UserId(worker.id), worker.role), NEEDED[kind], whose)

    return sorted({worker.id for worker in team if worker.id in named and reaches(worker)} - {caused_by})


def recipients(
    kind: Kind, team: Sequence[Worker], owners: Collection[int], *, tenant_id: int, caused_by: int | None
) -> list[int]:
    """Ids of those who are told, in order: the record's owners.

    Where nobody owns it, or no owner works here any more, everyone whose scope reaches it; what is personal stays with
    its owner. A failure and a lost calendar are always the ceos' too. Whoever caused it knows already.
    """

    def reaches(worker: Worker, owner: int | None) -> bool:
        principal = Principal(TenantId(tenant_id), UserId(worker.id), worker.role)
        return visible(principal, NEEDED[kind], UserId(owner) if owner is not None else None)

    told = {worker.id for worker in team if worker.id in owners and reaches(worker, worker.id)}
    if not told and kind not in PERSONAL:
        told = {worker.id for worker in team if any(reaches(worker, owner) for owner in owners or (None,))}
    if kind in {"failure", "calendar_lost"}:
        told |= {worker.id for worker in team if worker.role == "ceo"}
    return sorted(told - {caused_by})

"""What of a seller may be changed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.database import TenantTransaction
from core.errors import NotFound
from core.outbox import emit
from core.principal import Principal, Role, UserId
from core.system_events import record_event
from orchestrator_service.auth.permissions import Permission, require, visible
from orchestrator_service.sellers import repository
from orchestrator_service.sellers.models import Seller, Week
from orchestrator_service.sellers.reading import owner_of

_NOTHING = {"most_meetings_per_day": 0}
SELLING = ("closer", "professional")


@dataclass(frozen=True, slots=True)
class SellerChange:
    """What is None stays; `most_meetings_per_day` 0: as the company has it."""

    name: str | None = None
    zone: ZoneInfo | None = None
    working_hours: Week | None = None
    skills: tuple[str, ...] | None = None
    active: bool | None = None
    bio: str | None = None
    most_meetings_per_day: int | None = None


async def lock_profile(tx: TenantTransaction, principal: Principal, seller_id: int) -> Seller:
    """The seller, locked, if the caller may change their profile. Raises NotFound."""
    seller = await repository.lock_seller(tx, seller_id)
    if seller is None or not visible(principal, Permission.SELLERS_WRITE, owner_of(seller.user_id)):
        raise NotFound
    return seller


async def change_seller(tx: TenantTransaction, principal: Principal, seller_id: int, change: SellerChange) -> None:
    """Change a profile.

    Raises NotFound, and Forbidden for skills, meetings a day or `active` by whoever does not manage sellers: they
    decide what somebody is given.
    """
    seller = await lock_profile(tx, principal, seller_id)
    if any(one is not None for one in (change.skills, change.active, change.most_meetings_per_day)):
        require(principal, Permission.SELLERS_MANAGE)
    hours = change.working_hours.as_json() if change.working_hours else None
    await repository.change_seller(
        tx,
        seller_id,
        name=change.name,
        zone=change.zone.key if change.zone else None,
        working_hours=hours,
        skills=change.skills,
        active=change.active,
        bio=change.bio,
        most=change.most_meetings_per_day,
    )
    became = {
        "name": change.name,
        "zone": change.zone.key if change.zone else None,
        "working_hours": hours,
        "skills": list(change.skills) if change.skills is not None else None,
        "active": change.active,
        "most_meetings_per_day": change.most_meetings_per_day,
    }
    changed = {
        field: {"was": getattr(seller, field), "became": value}
        for field, value in became.items()
        if value is not None and value != (getattr(seller, field) or _NOTHING.get(field))
    }
    if change.bio is not None:
        changed["bio"] = {"was": "", "became": change.bio}
    if changed:
        await record_event(
            tx,
            "sellers.changed",
            user_id=principal.user_id,
            subject=f"seller:{seller_id}",
            detail={"changes": changed},
        )
        await announce_sellers(tx)


async def follow_role(tx: TenantTransaction, by: UserId, user_id: int, *, was: Role, became: Role) -> None:
    """An account that was given another role takes meetings by it or takes them no more; those it has stay.

    Between two roles of a kind nothing changes: a ceo who was entered as a seller stays one.
    """
    if (was in SELLING) == (became in SELLING):
        return
    followed = await repository.follow_role(tx, user_id, SELLING)
    if followed is not None:
        change = {"active": {"was": not followed.active, "became": followed.active}}
        subject = f"seller:{followed.id}"
        await record_event(tx, "sellers.changed", user_id=by, subject=subject, detail={"changes": change})
        await announce_sellers(tx)


async def announce_sellers(tx: TenantTransaction) -> None:
    """Tell every window that who sells, or when, has changed."""
    await emit(tx, "SETTINGS_UPDATED", {"section": "sellers"}, owner_user_id=None, audience="everyone")

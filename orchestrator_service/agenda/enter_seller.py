"""Somebody becomes bookable: entered by whoever manages the sellers, or because their account was let in to sell."""

from __future__ import annotations

from typing import ClassVar

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict, NotFound
from orchestrator_service.agenda.working_hours import default_working_hours
from orchestrator_service.agenda.zone_time import parse_zone
from orchestrator_service.sellers.change import announce_sellers
from orchestrator_service.sellers.create import company_zone, create_seller
from orchestrator_service.sellers.create import seat_seller as seat

_NO_SUCH_USER = "sellers_tenant_id_user_id_fkey"


class AlreadySells(Conflict):
    """The account is a seller's already."""

    code: ClassVar[str] = "already_sells"
    title = "Already Sells"


async def enter_seller(tx: TenantTransaction, *, name: str, user_id: int | None) -> int:
    """A new seller in the company's zone, Monday to Friday from 9 to 18, until told otherwise.

    Raises NotFound for an account that is none, AlreadySells.
    """
    zone = parse_zone(await company_zone(tx))
    try:
        async with tx.savepoint():
            made = await create_seller(tx, name=name, zone=zone, working_hours=default_working_hours(), user_id=user_id)
    except ConstraintViolated as error:
        if error.constraint == _NO_SUCH_USER:
            raise NotFound from error
        raise AlreadySells("the account is a seller's already") from error
    await announce_sellers(tx)
    return made


async def seat_seller(tx: TenantTransaction, user_id: int) -> None:
    """Whoever was let in to sell can be booked, so that no list has somebody whom the other lacks."""
    await seat(tx, user_id, working_hours=default_working_hours())

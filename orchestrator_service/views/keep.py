"""Keeping, renaming and forgetting views (PRODUCT §12.1): everybody their own, in sight of nobody else."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict, NotFound
from core.json_types import JsonObject
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.views import repository
from orchestrator_service.views.repository import SavedView

MOST_VIEWS: Final = 50
_NAME_KEY: Final = "saved_views_by_name"


class NameTaken(Conflict):
    """The person has a view of that name."""

    code = "view_name_taken"
    title = "View Name Taken"


class TooManyViews(Conflict):
    """The person keeps as many views as one may."""

    code = "too_many_views"
    title = "Too Many Views"


async def list_views(tx: TenantTransaction, principal: Principal) -> list[SavedView]:
    """The caller's views, oldest first."""

    async def query() -> list[SavedView]:
        return await repository.list_views(tx, principal.user_id)

    return await optional(tx, query, missing=[])


async def keep_view(tx: TenantTransaction, principal: Principal, name: str, filters: JsonObject) -> SavedView:
    """Add a view. Raises NameTaken, TooManyViews."""
    if await repository.count_views(tx, principal.user_id) >= MOST_VIEWS:
        raise TooManyViews(f"one keeps {MOST_VIEWS} views at most")
    view_id = await repository.add_view(tx, principal.user_id, name, filters)
    if view_id is None:
        raise NameTaken("you have a view of that name")
    return SavedView(view_id, name, filters)


async def change_view(
    tx: TenantTransaction, principal: Principal, view_id: int, name: str | None, filters: JsonObject | None
) -> SavedView:
    """Rename a view or give it other filters; None leaves one as it is. Raises NotFound, NameTaken."""
    try:
        view = await repository.change_view(tx, principal.user_id, view_id, name, filters)
    except ConstraintViolated as error:
        if error.constraint == _NAME_KEY:
            raise NameTaken("you have a view of that name") from error
        raise
    if view is None:
        raise NotFound
    return view


async def forget_view(tx: TenantTransaction, principal: Principal, view_id: int) -> None:
    """Remove a view. Raises NotFound."""
    if not await repository.remove_view(tx, principal.user_id, view_id):
        raise NotFound

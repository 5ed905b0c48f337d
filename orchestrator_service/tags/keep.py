"""The company's tags: made by whoever writes leads, renamed and forgotten in its settings (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import Conflict, NotFound
from core.outbox import emit
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission, owner_filter
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.tags import repository
from orchestrator_service.tags.repository import Tag

MOST_TAGS: Final = 300
_NAME_KEY: Final = "tags_by_name"


class TagTaken(Conflict):
    """The company has a tag of that name, however it is written."""

    code = "tag_taken"
    title = "Tag Taken"


class TooManyTags(Conflict):
    """As many as a company may have."""

    code = "too_many_tags"
    title = "Too Many Tags"


async def list_tags(tx: TenantTransaction, principal: Principal) -> list[Tag]:
    """Every tag by its name, with how many leads of the caller's scope carry it."""
    scope = owner_filter(principal, Permission.LEADS_READ)
    return await repository.list_tags(tx, owner=scope.owner, unassigned=scope.unassigned)


async def add_tag(tx: TenantTransaction, principal: Principal, name: str, color: str) -> Tag:
    """Make a tag. Raises TagTaken, TooManyTags."""
    if await repository.count_tags(tx) >= MOST_TAGS:
        raise TooManyTags(f"{MOST_TAGS} tags are kept at most")
    tag_id = await repository.add_tag(tx, name, color, principal.user_id)
    if tag_id is None:
        raise TagTaken("a tag has that name")
    await announce_tags(tx)
    return Tag(tag_id, name, color, 0)


async def change_tag(tx: TenantTransaction, tag_id: int, name: str | None, color: str | None) -> Tag:
    """Rename or recolour; None leaves one as it is. Raises NotFound, TagTaken. Its leads are found by the new name."""
    before = await repository.find_tag(tx, tag_id)
    if before is None:
        raise NotFound
    after = Tag(tag_id, name or before.name, color or before.color, 0)
    try:
        await repository.change_tag(tx, tag_id, after.name, after.color)
    except ConstraintViolated as error:
        if error.constraint == _NAME_KEY:
            raise TagTaken("a tag has that name") from error
        raise
    if after.name != before.name:
        await refresh_words(tx, await repository.leads_with_tag(tx, tag_id))
    await announce_tags(tx)
    return after


async def forget_tag(tx: TenantTransaction, tag_id: int) -> int:
    """Remove a tag from the company and its leads, which are told of; answers how many carried it. Raises NotFound."""
    if await repository.find_tag(tx, tag_id) is None:
        raise NotFound
    leads = await repository.leads_with_tag(tx, tag_id)
    await repository.remove_tag(tx, tag_id)
    await refresh_words(tx, leads)
    for lead_id in leads:
        await announce_lead_change(tx, lead_id, "tags")
    await announce_tags(tx)
    return len(leads)


async def announce_tags(tx: TenantTransaction) -> None:
    """Tell every window that the company's tags have changed."""
    await emit(tx, "SETTINGS_UPDATED", {"section": "tags"}, owner_user_id=None, audience="everyone")

"""Tags that come with an import: made by their names where they are missing, forgotten where nobody carries them."""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from orchestrator_service.tags import repository
from orchestrator_service.tags.keep import announce_tags


async def make_tags(tx: TenantTransaction, names: Sequence[str], *, created_by: int) -> list[int]:
    """The ids of those that were missing; how many a company may have is asked before a dry run lets rows pass."""
    made = await repository.make_tags(tx, names, created_by)
    if made:
        await announce_tags(tx)
    return made


async def forget_unused(tx: TenantTransaction, tag_ids: Sequence[int]) -> None:
    """Forget those of the tags that no lead carries, deleted leads too."""
    if tag_ids and await repository.forget_unused(tx, tag_ids):
        await announce_tags(tx)

"""`/chat/search`: what was said, in every conversation of the caller's scope (PRODUCT §12.0)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.model_route import ModelRoute
from core.paging import LARGEST_PAGE, Page, id_before, id_cursor
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.searching import Found, search_messages

router = APIRouter(prefix="/chat/search", tags=["chat"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]
_PAGE = 20


class SearchQuery(BaseModel):
    """What `GET /chat/search` is asked for."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100, pattern=r"^[^\x00]*$")]
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = _PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class PartView(BaseModel):
    """A piece of a snippet; `hit`: it was searched for."""

    text: str
    hit: bool


class FoundView(BaseModel):
    """A message that says it: in its `body`, in the name of its `file`, or in the file's `words` (a transcript)."""

    id: int
    conversation_id: int
    direction: str
    author: str
    author_user_id: int | None
    type: str
    created_at: datetime
    lead_name: str | None
    contact_name: str | None
    handle: str | None
    place: Literal["body", "file", "words"]
    parts: list[PartView]

    @classmethod
    def of(cls, found: Found) -> FoundView:
        """The message."""
        return cls.model_validate(found, from_attributes=True)


class SearchView(Page[FoundView]):
    """A page of what was found, newest first; `alike`: nothing says it exactly, these come near."""

    alike: bool


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="chat.search"))])
@audit_access("conversations.search", subject="conversations")
async def get_search(database: Db, principal: Reader, wanted: Annotated[SearchQuery, Query()]) -> SearchView:
    """Messages that hold every word of `q`, as the beginning of a word; accents and case do not matter."""
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        search = await search_messages(tx, principal, wanted.q, before_id=before, most=wanted.limit + 1)
    shown = search.found[: wanted.limit]
    more = len(search.found) > wanted.limit
    return SearchView(
        items=[FoundView.of(one) for one in shown],
        next_cursor=id_cursor(shown[-1].id) if more else None,
        alike=search.alike,
    )

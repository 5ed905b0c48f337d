"""`/agent/turns` (PRODUCT §8.1, §15): why the agent did that."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.turn_reading import list_turns, read_turn
from orchestrator_service.chat.turn_schemas import TurnView, WholeTurnView

router = APIRouter(prefix="/agent/turns", tags=["agent"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="agent.turns"))])
@audit_access("turns.list", subject="conversation")
async def get_turns(
    database: Db,
    principal: Reader,
    conversation_id: Annotated[int, Query(ge=1, le=LARGEST_ID)],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
) -> Page[TurnView]:
    """The turns of one conversation of the caller's scope, newest first."""
    async with database.tenant(principal.tenant_id) as tx:
        turns = await list_turns(tx, principal, conversation_id, before_id=id_before(cursor), most=limit + 1)
    return page(turns, limit, show=TurnView.of, cursor=lambda turn: id_cursor(turn.id))


@router.get("/{turn_id}", dependencies=[Depends(rate_limit("300/minute", scope="agent.turn"))])
@audit_access("turns.read", subject="turn")
async def get_turn(turn_id: int, database: Db, principal: Reader) -> WholeTurnView:
    """One turn with its steps and tool calls: what it read, thought, was refused and said."""
    async with database.tenant(principal.tenant_id) as tx:
        return WholeTurnView.whole(await read_turn(tx, principal, turn_id))

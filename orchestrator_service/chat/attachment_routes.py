"""`POST /chat/conversations/{id}/attachments`: a file from a person of the team to the customer (PRODUCT §12.0).

The body is the file itself and nothing else, so that it can be read as it comes and never beyond its bound; what goes
with it stands in the headers. It is read once it is known who sends it, and that it may leave at all.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Request, status

from core.errors import BadInput
from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.upload import decoded_header, read_upload
from core.whatsapp_files import CAPTION_LIMIT, MOST_BYTES
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, Store, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.attaching import Attached, judge, may_attach, send_attachment
from orchestrator_service.chat.media import LONGEST_NAME
from orchestrator_service.chat.schemas import MessageView
from orchestrator_service.chat.writing import origin_of

router = APIRouter(prefix="/chat/conversations", tags=["chat"], route_class=ModelRoute)

PATHS: Final = re.compile(r"/chat/conversations/[0-9]{1,19}/attachments")
Writer = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_WRITE))]
Key = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,100}$")]
# A character takes up to 12 in percent-encoding.
Name = Annotated[str, Header(alias="X-File-Name", max_length=12 * LONGEST_NAME)]
Caption = Annotated[str, Header(alias="X-Caption", max_length=12 * CAPTION_LIMIT)]
Declared = Annotated[str, Header(alias="Content-Type", max_length=200)]


@router.post(
    "/{conversation_id}/attachments",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("60/minute", scope="chat.attach"))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@audit_access("conversations.attach", subject="conversation")
async def post_attachment(  # noqa: PLR0917 - FastAPI injects them
    conversation_id: int,
    request: Request,
    door: Door,
    database: Db,
    principal: Writer,
    store: Store,
    name: Name = "",
    caption: Caption = "",
    declared: Declared = "",
    key: Key = None,
) -> MessageView:
    """Send the file that is the body, 16 MB at most (a picture 5); the agent pauses.

    `X-File-Name` and `X-Caption` are percent-encoded UTF-8. With an `Idempotency-Key` the same file is sent once. 409
    as for a text: nothing was stored; 413 `file_too_large`; 415 `file_refused` with the `reason`.
    """
    said = _caption(caption)
    filename = decoded_header(name).strip()[:LONGEST_NAME] or None
    origin = origin_of("file", principal, conversation_id, key)
    async with database.tenant(principal.tenant_id) as tx:
        await may_attach(tx, principal, conversation_id, origin, now=door.clock())
    content = await read_upload(request, MOST_BYTES)
    kind, media_type = await judge(content, declared, captioned=said != "")
    stored = await store.put(principal.tenant_id, content)
    file = Attached(kind, media_type, filename, stored)
    async with database.tenant(principal.tenant_id) as tx:
        written = await send_attachment(tx, principal, conversation_id, file, said, origin=origin, now=door.clock())
    return MessageView.of(written)


def _caption(header: str) -> str:
    caption = decoded_header(header).strip()
    if len(caption) > CAPTION_LIMIT:
        raise BadInput(f"a caption has at most {CAPTION_LIMIT} characters")
    return caption

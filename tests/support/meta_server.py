"""A local Meta: it takes what the Cloud API documents, refuses the rest as it would, and remembers what it was asked.

Requests are checked against meta_whatsapp.json and, as far as the objects of each type go, by the rules that the
simulator of YCloud holds, since both pass on the same WhatsApp.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.wire import UnreadableBodyError, object_at, read_object
from nexus.simulator.api import DroppedResponse
from nexus.simulator.errors import ApiError
from nexus.simulator.files import form_parts, store
from nexus.simulator.rendering import render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from core.whatsapp import JsonObject
    from nexus.simulator.config import TemplateConfig
    from nexus.simulator.state import Account

VERSION: Final = "/v26.0"
TOKEN: Final = "EAAG-token-of-the-test"
NUMBER_ID: Final = "106540352242922"
WABA_ID: Final = "102290129340398"
FILE: Final = b"OggS voice"
ENVELOPE: Final = frozenset(
    {"messaging_product", "recipient_type", "biz_opaque_callback_data", "to", "recipient", "context", "type"}
)
PAGE: Final = 1


@dataclass
class Fault:
    """How the next send goes wrong: an answer with this status and Meta's code, or none (`drop`, `late`)."""

    status: int = 400
    code: int = 100
    retry_after: int | None = None
    drop: bool = False
    late_seconds: float = 0.0


@dataclass
class MetaServer:
    """One number of one account. `account` lends its templates and rules; `received` are the wamids it knows."""

    account: Account
    asked: list[JsonObject] = field(default_factory=list["JsonObject"])
    sent: list[JsonObject] = field(default_factory=list["JsonObject"])
    courtesies: list[JsonObject] = field(default_factory=list["JsonObject"])
    received: set[str] = field(default_factory=set[str])
    faults: deque[Fault] = field(default_factory=deque[Fault])

    def app(self) -> Starlette:
        """The server, to be served."""
        return Starlette(
            routes=[
                Route(f"{VERSION}/{{id}}/messages", self._behind_token(self._messages), methods=["POST"]),
                Route(f"{VERSION}/{{id}}/message_templates", self._behind_token(self._templates)),
                Route(f"{VERSION}/{{id}}/media", self._behind_token(self._upload), methods=["POST"]),
                Route(f"{VERSION}/{{id}}", self._behind_token(self._file)),
                Route("/files/{id}", self._behind_token(self._download)),
            ]
        )

    def _behind_token(
        self, handler: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            self.asked.append({"method": request.method, "path": request.url.path})
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                return refusal(401, 190, "Invalid OAuth access token.")
            return await handler(request)

        return endpoint

    async def _messages(self, request: Request) -> Response:
        if request.path_params["id"] != NUMBER_ID:
            return refusal(400, 100, "Object does not exist.")
        try:
            body = read_object(await request.body())
        except UnreadableBodyError:
            return refusal(400, 100, "Invalid body.")
        if body.get("messaging_product") != "whatsapp":
            return refusal(400, 100, "(#100) messaging_product must be whatsapp.")
        return self._courtesy(body) if body.get("status") else await self._send(body)

    def _courtesy(self, body: JsonObject) -> Response:
        indicator = body.get("typing_indicator", {"type": "text"})
        if body["status"] != "read" or indicator != {"type": "text"} or body.get("message_id") not in self.received:
            return refusal(400, 100, "(#100) Invalid parameter")
        self.courtesies.append(body)
        return JSONResponse({"success": True})

    async def _send(self, body: JsonObject) -> Response:
        self.sent.append(body)
        fault = self.faults.popleft() if self.faults else None
        if fault is not None and not fault.drop and not fault.late_seconds:
            return refusal(fault.status, fault.code, "Ordered by the test.", retry_after=fault.retry_after)
        broken = self._broken(body)
        if broken is not None:
            return broken
        if fault is not None and fault.drop:
            return DroppedResponse()
        if fault is not None:
            await asyncio.sleep(fault.late_seconds)
        to = body.get("to") or body.get("recipient")
        wamid = f"wamid.META{len(self.sent)}"
        return JSONResponse(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": to, "wa_id": str(to).removeprefix("+")}],
                "messages": [{"id": wamid, "message_status": "accepted"}],
            }
        )

    def _broken(self, body: JsonObject) -> Response | None:
        unknown = set(body) - ENVELOPE - {str(body.get("type"))}
        addressed = ("to" in body) != ("recipient" in body)
        named = isinstance(body.get("biz_opaque_callback_data"), str)
        if unknown or not addressed or not named or body.get("recipient_type") != "individual":
            return refusal(400, 100, "(#100) Invalid parameter")
        try:
            render(self.account, {**body, "from": self.account.business_number})
        except ApiError as error:
            code = 132001 if error.code == "WHATSAPP_TEMPLATE_UNAVAILABLE" else 100
            return refusal(400 if code == 100 else 404, code, error.message)
        return None

    async def _templates(self, request: Request) -> Response:
        if request.path_params["id"] != WABA_ID or "components" not in request.query_params.get("fields", ""):
            return refusal(400, 100, "Object does not exist.")
        first = int(request.query_params.get("after", "0"))
        page = self.account.templates[first : first + PAGE]
        after = str(first + PAGE)
        paging: JsonObject = {"cursors": {"before": str(first), "after": after}}
        if first + PAGE < len(self.account.templates):
            paging["next"] = f"https://elsewhere.example/{WABA_ID}/message_templates?after={after}"
        return JSONResponse({"data": [_listed(template) for template in page], "paging": paging})

    async def _file(self, request: Request) -> Response:
        if request.path_params["id"] != "900":
            return refusal(400, 100, "Unsupported get request. Object does not exist.")
        base = str(request.base_url).rstrip("/")
        return JSONResponse({"url": f"{base}/files/900", "mime_type": "audio/ogg", "sha256": "x", "id": "900"})

    async def _upload(self, request: Request) -> Response:
        parts = await form_parts(request)
        product, told, file = parts.get("messaging_product"), parts.get("type"), parts.get("file")
        if request.path_params["id"] != NUMBER_ID or product is None or product.content != b"whatsapp":
            return refusal(400, 100, "(#100) Invalid parameter")
        if file is None or told is None or told.content.decode() != file.mime_type:
            return refusal(400, 100, "(#100) Invalid parameter")
        fault = self.faults.popleft() if self.faults else None
        if fault is not None:
            return refusal(fault.status, fault.code, "Ordered by the test.", retry_after=fault.retry_after)
        return JSONResponse({"id": store(self.account, file.content, file.mime_type)})

    async def _download(self, _: Request) -> Response:
        return Response(FILE, media_type="audio/ogg")


def refusal(status: int, code: int, message: str, *, retry_after: int | None = None) -> JSONResponse:
    """An error as Meta words it."""
    error = {
        "message": message,
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": message},
        "fbtrace_id": "A0",
    }
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
    return JSONResponse({"error": error}, status, headers)


def _listed(template: TemplateConfig) -> JsonObject:
    return {
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "components": [{"type": "BODY", "text": template.body}],
        "id": "1",
    }


def webhook(value: JsonObject, *, waba_id: str = WABA_ID, kind: str = "messages") -> bytes:
    """A delivery with one change about our number."""
    ours: JsonObject = {"display_phone_number": "5491130001000", "phone_number_id": NUMBER_ID}
    change: JsonObject = {"field": kind, "value": {"messaging_product": "whatsapp", "metadata": ours, **value}}
    assert object_at(change, "value") is not None
    body = {"object": "whatsapp_business_account", "entry": [{"id": waba_id, "changes": [change]}]}
    return json.dumps(body).encode()

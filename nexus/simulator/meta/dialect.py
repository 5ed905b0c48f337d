"""Meta's webhooks: changes of an account, one or many in a delivery, signed with the app's secret (README §2).

Unlike YCloud's they name messages and not events, write numbers without a plus and times in seconds, and an address is
tried for a week.
"""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.meta.parse import OBJECT
from core.meta.signature import HEADER, sign
from core.wire import objects_at
from nexus.simulator.dialect import ERRORS, Notice, Says
from nexus.simulator.state import new_id, new_wamid

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject
    from nexus.simulator.rendering import Rendered
    from nexus.simulator.state import Account, Conversation, Endpoint, MediaFile

WEEK_SECONDS: Final = 7 * 24 * 3600
FIRST_DELAY: Final = 10
MESSAGES: Final = "messages"
ECHOES: Final = "smb_message_echoes"


def _doubling() -> tuple[float, ...]:
    """Each wait twice the one before, for seven days in all."""
    delays: list[float] = []
    while (left := WEEK_SECONDS - sum(delays)) > 0:
        delays.append(min(FIRST_DELAY * 2 ** len(delays), left))
    return tuple(delays)


@dataclass(frozen=True, slots=True)
class MetaDialect:
    """A template with the wrong values is refused in the answer to its send; the window is told of later."""

    retry_delays: tuple[float, ...] = _doubling()
    refused_at_once: frozenset[str] = frozenset({"132000", "132018"})
    batches: bool = True

    def inbound(
        self, account: Account, talk: Conversation, own: JsonObject, *, quoted: str | None, hide_phone: bool
    ) -> Notice:
        """One of `messages`, with its writer beside it."""
        message: JsonObject = {"id": new_wamid(), "from_user_id": talk.user_id, "timestamp": _now(), **own}
        profile: JsonObject = {"name": talk.name}
        contact: JsonObject = {"profile": profile, "user_id": talk.user_id}
        if hide_phone:
            profile["username"] = talk.username
        else:
            message["from"] = contact["wa_id"] = digits(talk.phone)
        if quoted:
            message["context"] = {"from": digits(account.business_number), "id": quoted}
        value: JsonObject = {"contacts": [contact], "messages": [message]}
        return _notice(account, "inbound", MESSAGES, value, wamid=message["id"], phone=talk.phone)

    def file(self, media_id: str, file: MediaFile) -> JsonObject:
        """Without an address: that is asked for by the id."""
        own: JsonObject = {
            "id": media_id,
            "sha256": base64.b64encode(hashlib.sha256(file.content).digest()).decode(),
            "mime_type": file.mime_type,
        }
        return {**own, "voice": True} if file.mime_type.startswith("audio/ogg") else own

    def accepted(self, account: Account, talk: Conversation, request: JsonObject, rendered: Rendered) -> JsonObject:
        """What the answer and the statuses tell of it."""
        del account
        wamid = new_wamid()
        message: JsonObject = {
            "id": wamid,
            "wamid": wamid,
            "input": request.get("to") or request.get("recipient"),
            "recipient_id": digits(talk.phone),
            "recipient_user_id": talk.user_id,
            "category": "service" if rendered.free_form else "utility",
        }
        told = request.get("biz_opaque_callback_data")
        return {**message, "biz_opaque_callback_data": told} if told is not None else message

    def status(self, account: Account, message: JsonObject, word: str, error: str | None = None) -> Notice:
        """One of `statuses`; what failed has its errors and no price."""
        repeated = ("recipient_id", "recipient_user_id", "biz_opaque_callback_data")
        status: JsonObject = {
            "id": message["wamid"],
            "status": word,
            "timestamp": _now(),
            **{key: message[key] for key in repeated if key in message},
        }
        if error is None:
            free = message["category"] == "service"
            status["pricing"] = {
                "billable": not free,
                "pricing_model": "PMP",
                "category": message["category"],
                "type": "free_customer_service" if free else "regular",
            }
        else:
            said = ERRORS.get(error, "Message failed")
            details: JsonObject = {"details": said}
            status["errors"] = [{"code": int(error), "title": said, "message": said, "error_data": details}]
        return _notice(account, "status", MESSAGES, {"statuses": [status]}, wamid=message["wamid"])

    def echo(self, account: Account, talk: Conversation, text: str) -> Notice:
        """One of `message_echoes`."""
        echo: JsonObject = {
            "from": digits(account.business_number),
            "to": digits(talk.phone),
            "to_user_id": talk.user_id,
            "id": new_wamid(),
            "timestamp": _now(),
            "type": "text",
            "text": {"body": text},
        }
        return _notice(account, "echo", ECHOES, {"message_echoes": [echo]}, wamid=echo["id"], phone=talk.phone)

    def body(self, notices: tuple[Notice, ...]) -> JsonObject:
        """All of the account's changes in one entry."""
        entries = [entry for notice in notices for entry in objects_at(notice.body, "entry")]
        changes: list[Json] = [change for entry in entries for change in objects_at(entry, "changes")]
        return {"object": OBJECT, "entry": [{"id": entries[0]["id"], "changes": changes}]}

    def headers(self, endpoint: Endpoint, body: bytes) -> dict[str, str]:
        """Over the bytes alone: no time is signed."""
        return {HEADER: sign(endpoint.secret, body)}


def digits(phone: str) -> str:
    """As Meta writes numbers."""
    return phone.removeprefix("+")


def _now() -> str:
    return str(int(time.time()))


def _notice(account: Account, says: Says, field: str, value: JsonObject, *, wamid: object, phone: str = "") -> Notice:
    metadata: JsonObject = {
        "display_phone_number": digits(account.business_number),
        "phone_number_id": account.phone_number_id,
    }
    change: JsonObject = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    body: JsonObject = {"object": OBJECT, "entry": [{"id": account.waba_id, "changes": [change]}]}
    name = str(wamid)
    return Notice(new_id("evt"), field, says, name, phone, (name,), body)

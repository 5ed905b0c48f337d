"""YCloud's webhooks: one event each, signed with a time (contracts README §1.1, §1.2, §1.3, §1.5, §1.6)."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.ycloud.signature import ENDPOINT_HEADER, HEADER, sign
from nexus.simulator.dialect import ERRORS, Notice, Says
from nexus.simulator.state import new_id, new_wamid, region_of, stamp

if TYPE_CHECKING:
    from core.whatsapp import JsonObject
    from nexus.simulator.rendering import Rendered
    from nexus.simulator.state import Account, Conversation, Endpoint, MediaFile

RETRY_DELAYS: Final = (10, 30, 300, 1800, 3600, 7200, 7200)


@dataclass(frozen=True, slots=True)
class YCloudDialect:
    """`base_url` is where its files are downloaded, without a path."""

    base_url: str
    retry_delays: tuple[float, ...] = RETRY_DELAYS
    refused_at_once: frozenset[str] = frozenset()
    batches: bool = False

    def inbound(
        self, account: Account, talk: Conversation, own: JsonObject, *, quoted: str | None, hide_phone: bool
    ) -> Notice:
        """`whatsapp.inbound_message.received`."""
        message: JsonObject = {
            "id": new_id(),
            "wamid": new_wamid(),
            "wabaId": account.waba_id,
            "fromUserId": talk.user_id,
            "customerProfile": {"name": talk.name},
            "to": account.business_number,
            "sendTime": stamp(datetime.now(UTC)),
            **own,
        }
        if hide_phone:
            message["customerProfile"] = {"name": talk.name, "username": talk.username}
        else:
            message["from"] = talk.phone
        if quoted:
            message["context"] = {"from": account.business_number.removeprefix("+"), "id": quoted}
        kind = "whatsapp.inbound_message.received"
        return _notice("inbound", kind, "whatsappInboundMessage", message, talk.phone)

    def file(self, media_id: str, file: MediaFile) -> JsonObject:
        """With the address where it is downloaded, with the key in the header."""
        return {
            "id": media_id,
            "link": f"{self.base_url}/v2/whatsapp/media/download/{media_id}?sig=simulated",
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "mime_type": file.mime_type,
        }

    def accepted(self, account: Account, talk: Conversation, request: JsonObject, rendered: Rendered) -> JsonObject:
        """The `WhatsappMessage` that a send is answered with."""
        now = stamp(datetime.now(UTC))
        copied = {
            key: request[key]
            for key in ("to", "recipient", "type", request.get("type"), "context", "externalId")
            if isinstance(key, str) and request.get(key) is not None
        }
        return {
            "id": new_id(),
            "wamid": new_wamid(),
            "wabaId": account.waba_id,
            "from": account.business_number,
            "recipientUserId": talk.user_id,
            "status": "accepted",
            "createTime": now,
            "updateTime": now,
            "bizType": "whatsapp",
            "regionCode": region_of(talk.phone),
            "totalPrice": 0.0,
            "currency": "USD",
            "pricingCategory": "service" if rendered.free_form else "utility",
            **copied,
        }

    def status(self, account: Account, message: JsonObject, word: str, error: str | None = None) -> Notice:
        """`whatsapp.message.updated`; changes the message as it goes through its life."""
        del account
        now = stamp(datetime.now(UTC))
        message |= {"status": word, "updateTime": now}
        timed = {"sent": "sendTime", "delivered": "deliverTime", "read": "readTime"}.get(word)
        if timed:
            message.setdefault(timed, now)
        if error:
            said = ERRORS.get(error, "Message failed")
            message |= {"errorCode": error, "errorMessage": said}
            if error.isdigit():
                message["whatsappApiError"] = {"code": error, "message": said}
        return _notice("status", "whatsapp.message.updated", "whatsappMessage", dict(message), "")

    def echo(self, account: Account, talk: Conversation, text: str) -> Notice:
        """`whatsapp.smb.message.echoes`."""
        now = stamp(datetime.now(UTC))
        message: JsonObject = {
            "id": new_id(),
            "wamid": new_wamid(),
            "wabaId": account.waba_id,
            "from": account.business_number,
            "to": talk.phone,
            "toUserId": talk.user_id,
            "type": "text",
            "text": {"body": text},
            "status": "sent",
            "createTime": now,
            "sendTime": now,
        }
        return _notice("echo", "whatsapp.smb.message.echoes", "whatsappMessage", message, talk.phone)

    def body(self, notices: tuple[Notice, ...]) -> JsonObject:
        """The one event."""
        (notice,) = notices
        return notice.body

    def headers(self, endpoint: Endpoint, body: bytes) -> dict[str, str]:
        """Signed anew with each attempt."""
        return {HEADER: sign(endpoint.secret, int(time.time()), body), ENDPOINT_HEADER: endpoint.id}


def _notice(says: Says, kind: str, key: str, message: JsonObject, phone: str) -> Notice:
    """The envelope with a new event id."""
    event_id, wamid = new_id("evt"), str(message["wamid"])
    now = stamp(datetime.now(UTC))
    body: JsonObject = {"id": event_id, "type": kind, "apiVersion": "v2", "createTime": now, key: message}
    return Notice(event_id, kind, says, wamid, phone, (str(message["id"]), wamid), body)

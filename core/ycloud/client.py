"""YCloud's API v2 as a `WhatsAppProvider`: one class, used by both services (seed: HSM protocol; README §1.4).

Two ways lead to WhatsApp, and the kind of message decides between them:

- Replies (text, buttons, lists) go by `sendDirectly`: the parts of one answer keep their order, what WhatsApp refuses
  is known in the same call, and the wamid is there at once, so that an echo of ours is never taken for a human's.
  Its limit, 80 a second per number, is far above what conversations need.
- Templates go by the queue (`/whatsapp/messages`): a campaign may exceed the direct rate, some template parts cannot be
  sent directly (WHATSAPP_DIRECT_SEND_UNSUPPORTED_COMPONENT), and only there the provider filters people who
  unsubscribed or blocked the number, a second net below our own opt-out check.

YCloud knows no idempotency key, so a request is made once and never repeated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import httpx

from core.egress import Egress
from core.http_outcome import COURTESY_TIMEOUT, SEND_TIMEOUT, UPLOAD_TIMEOUT, of_failure
from core.media_fetch import download
from core.media_upload import Form, file_form, of_upload
from core.whatsapp import ForeignTenantError, JsonObject, OutgoingTemplate, Refused, StatusUpdate, Template, Unknown
from core.wire import UnreadableBodyError, objects_at, read_object
from core.ycloud.models import PageBody, TemplateBody
from core.ycloud.outcome import of_error, of_send
from core.ycloud.outgoing import send_request
from core.ycloud.parse import parse_status

if TYPE_CHECKING:
    from core.secret import Secret
    from core.whatsapp import Media, MediaResult, Outgoing, Recipient, SendResult, TemplateList, UploadResult

BASE_URL: Final = "https://api.ycloud.com/v2"
KEY_HEADER: Final = "X-API-Key"
PAGE_SIZE: Final = 100
MAX_PAGES: Final = 100
_NOT_FOUND: Final = 404


class YCloudClient:
    """One business number of one tenant. `http` is shared by the whole process: no TLS context per request.

    `egress` is the way to media, whose addresses a webhook names.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        api_key: Secret,
        business_number: str,
        tenant_id: int,
        base_url: str = BASE_URL,
        send_timeout: httpx.Timeout = SEND_TIMEOUT,
        upload_timeout: httpx.Timeout = UPLOAD_TIMEOUT,
        egress: Egress | None = None,
    ) -> None:
        self._http = http
        self._api_key = api_key
        self._business_number = business_number
        self._tenant_id = tenant_id
        self._base_url = base_url.rstrip("/")
        self._send_timeout = send_timeout
        self._upload_timeout = upload_timeout
        self._egress = egress or Egress()

    async def send(
        self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
    ) -> SendResult:
        """Send once. See `WhatsAppProvider.send`; never raises for the provider or the network."""
        self._check_tenant(tenant_id)
        body = send_request(self._business_number, recipient, message, external_id)
        path = "/whatsapp/messages/sendDirectly"
        if isinstance(message, OutgoingTemplate):
            path = "/whatsapp/messages"
            body |= {"filterUnsubscribed": True, "filterBlocked": True}
        answer = await self._request("POST", path, self._send_timeout, body=body)
        return of_send(answer) if isinstance(answer, httpx.Response) else answer

    async def mark_read(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Mark an inbound message and those before it as read; False where that failed, which changes nothing."""
        self._check_tenant(tenant_id)
        return await self._courtesy(message_id, "markAsRead") is True

    async def typing(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Show "typing" for up to 25 s. Falls back to the path of the older specification (README §0.10)."""
        self._check_tenant(tenant_id)
        shown = await self._courtesy(message_id, "typing")
        if shown is None:
            shown = await self._courtesy(message_id, "typingIndicator")
        return shown is True

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        """Every template of the account, page after page; a failed page fails the whole list."""
        self._check_tenant(tenant_id)
        templates: list[Template] = []
        for page in range(1, MAX_PAGES + 1):
            query = {"page": str(page), "limit": str(PAGE_SIZE)}
            answer = await self._request("GET", "/whatsapp/templates", self._send_timeout, query=query)
            if not isinstance(answer, httpx.Response):
                return answer
            if not answer.is_success:
                return of_error(answer)
            try:
                content = read_object(answer.content)
            except UnreadableBodyError as error:
                return Unknown(f"the list of templates is {error}")
            items = objects_at(content, "items")
            templates += [template for item in items if (template := _template(item))]
            sizes = PageBody.model_validate(content)
            if not items or (sizes.length or len(items)) < (sizes.limit or PAGE_SIZE):
                break
        return tuple(templates)

    async def look_up(self, provider_id: str, *, tenant_id: int | None = None) -> StatusUpdate | Refused | Unknown:
        """What became of a message whose provider id is known: for reconciling when no status webhook came."""
        self._check_tenant(tenant_id)
        path = f"/whatsapp/messages/{quote(provider_id, safe='')}"
        answer = await self._request("GET", path, self._send_timeout)
        if not isinstance(answer, httpx.Response):
            return answer
        if not answer.is_success:
            return of_error(answer)
        try:
            status = parse_status(read_object(answer.content), None)
        except UnreadableBodyError as error:
            return Unknown(f"the message is {error}")
        return status or Unknown("the message has no id or time")

    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        """Download what somebody sent, from the host of the API alone (its links work without a key for minutes)."""
        self._check_tenant(tenant_id)
        if media.link is None:
            return Refused("no_link", "the message names no file", retry_after_seconds=None, retryable=False)
        key = {KEY_HEADER: self._api_key.reveal()}
        return await download(self._egress, media.link, homes=(self._base_url,), headers=key, most_bytes=most_bytes)

    async def upload(self, content: bytes, media_type: str, *, tenant_id: int | None = None) -> UploadResult:
        """Hand over a file for this number; kept for 30 days."""
        self._check_tenant(tenant_id)
        path = f"/whatsapp/media/{quote(self._business_number, safe='')}/upload"
        answer = await self._request("POST", path, self._upload_timeout, form=file_form(content, media_type))
        return of_upload(answer, of_error)

    def _check_tenant(self, tenant_id: int | None) -> None:
        if tenant_id is not None and tenant_id != self._tenant_id:
            raise ForeignTenantError(f"bound to tenant {self._tenant_id}, called for {tenant_id}")

    async def _courtesy(self, message_id: str, verb: str) -> bool | None:
        """True when done, None where the path or the message is not known, False for any other failure."""
        path = f"/whatsapp/inboundMessages/{quote(message_id, safe='')}/{verb}"
        answer = await self._request("POST", path, COURTESY_TIMEOUT)
        if not isinstance(answer, httpx.Response):
            return False
        return None if answer.status_code == _NOT_FOUND else answer.is_success

    async def _request(
        self,
        method: str,
        path: str,
        limit: httpx.Timeout,
        *,
        body: JsonObject | None = None,
        query: dict[str, str] | None = None,
        form: Form | None = None,
    ) -> httpx.Response | Refused | Unknown:
        """One request, redirects not followed: the key goes to the configured host only."""
        try:
            return await self._http.request(
                method,
                self._base_url + path,
                json=body,
                params=query,
                data=form.fields if form else None,
                files=form.files if form else None,
                headers={KEY_HEADER: self._api_key.reveal()},
                timeout=limit,
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return of_failure(error)


def _template(content: JsonObject) -> Template | None:
    body = TemplateBody.model_validate(content)
    if body.name is None or body.language is None:
        return None
    return Template(
        waba_id=body.waba_id,
        name=body.name,
        language=body.language,
        status=body.status or "UNKNOWN",
        category=body.category,
        components=objects_at(content, "components"),
        reason=body.reason,
    )

"""Meta's WhatsApp Cloud API as a `WhatsAppProvider` (contracts README §2).

Everything a number says goes to one address, `/{phone_number_id}/messages`; only templates belong to the account. Meta
knows no idempotency key, so a request is made once and never repeated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import httpx

from core.egress import Egress
from core.http_outcome import COURTESY_TIMEOUT, SEND_TIMEOUT, UPLOAD_TIMEOUT, of_failure
from core.media_fetch import download
from core.media_upload import Form, file_form, of_upload
from core.meta.models import MediaBody, PagingBody, TemplateBody
from core.meta.outcome import of_error, of_media_error, of_send
from core.meta.outgoing import read_request, send_request
from core.whatsapp import ForeignTenantError, JsonObject, Refused, Template, Unknown
from core.wire import UnreadableBodyError, object_at, objects_at, read_object

if TYPE_CHECKING:
    from core.secret import Secret
    from core.whatsapp import Media, MediaResult, Outgoing, Recipient, SendResult, TemplateList, UploadResult

BASE_URL: Final = "https://graph.facebook.com/v26.0"
MEDIA_URL: Final = "https://lookaside.fbsbx.com"  # where the links of `GET /{media id}` lead
PAGE_SIZE: Final = 100
MAX_PAGES: Final = 100
TEMPLATE_FIELDS: Final = "name,language,status,category,components"


class MetaClient:
    """One business number of one tenant. `http` is shared by the whole process: no TLS context per request.

    `egress` is the way to media, whose addresses an answer names.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        access_token: Secret,
        phone_number_id: str,
        waba_id: str | None,
        tenant_id: int,
        base_url: str = BASE_URL,
        send_timeout: httpx.Timeout = SEND_TIMEOUT,
        upload_timeout: httpx.Timeout = UPLOAD_TIMEOUT,
        egress: Egress | None = None,
    ) -> None:
        self._http = http
        self._access_token = access_token
        self._messages = f"/{quote(phone_number_id, safe='')}/messages"
        self._media = f"/{quote(phone_number_id, safe='')}/media"
        self._waba_id = waba_id
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
        body = send_request(recipient, message, external_id)
        answer = await self._request("POST", self._messages, self._send_timeout, body=body)
        return of_send(answer) if isinstance(answer, httpx.Response) else answer

    async def mark_read(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Mark an inbound message and those before it as read; False where that failed, which changes nothing."""
        self._check_tenant(tenant_id)
        return await self._courtesy(message_id, typing=False)

    async def typing(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        """Show "typing" for up to 25 s, which marks the message read too."""
        self._check_tenant(tenant_id)
        return await self._courtesy(message_id, typing=True)

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        """Every template of the account, page after page; a failed page fails the whole list."""
        self._check_tenant(tenant_id)
        if self._waba_id is None:
            return Refused("NO_ACCOUNT", "the channel has no account id", retry_after_seconds=None, retryable=False)
        path = f"/{quote(self._waba_id, safe='')}/message_templates"
        query = {"limit": str(PAGE_SIZE), "fields": TEMPLATE_FIELDS}
        templates: list[Template] = []
        for _ in range(MAX_PAGES):
            answer = await self._request("GET", path, self._send_timeout, query=query)
            if not isinstance(answer, httpx.Response):
                return answer
            if not answer.is_success:
                return of_error(answer)
            try:
                content = read_object(answer.content)
            except UnreadableBodyError as error:
                return Unknown(f"the list of templates is {error}")
            items = objects_at(content, "data")
            templates += [template for item in items if (template := _template(item, self._waba_id))]
            paging = PagingBody.model_validate(object_at(content, "paging") or {})
            # The cursor, never the address in `next`: the token goes to the configured host only.
            after = paging.cursors.after if paging.cursors and paging.next else None
            if not items or after is None:
                break
            query["after"] = after
        return tuple(templates)

    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        """Ask where a file is, then download it: both with the token, to Meta's own hosts alone."""
        self._check_tenant(tenant_id)
        if media.id is None:
            return Refused("no_link", "the message names no file", retry_after_seconds=None, retryable=False)
        answer = await self._request("GET", f"/{quote(media.id, safe='')}", self._send_timeout)
        if not isinstance(answer, httpx.Response):
            return answer
        if not answer.is_success:
            return of_media_error(answer)
        try:
            link = MediaBody.model_validate(read_object(answer.content)).url
        except UnreadableBodyError as error:
            return Unknown(f"the file's description is {error}")
        if link is None:
            return Unknown("the file's description has no address")
        homes, key = (self._base_url, MEDIA_URL), self._authorization()
        return await download(self._egress, link, homes=homes, headers=key, most_bytes=most_bytes)

    async def upload(self, content: bytes, media_type: str, *, tenant_id: int | None = None) -> UploadResult:
        """Hand over a file for this number; kept for 30 days."""
        self._check_tenant(tenant_id)
        form = file_form(content, media_type, messaging_product="whatsapp", type=media_type)
        answer = await self._request("POST", self._media, self._upload_timeout, form=form)
        return of_upload(answer, of_error)

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._access_token.reveal()}"}

    def _check_tenant(self, tenant_id: int | None) -> None:
        if tenant_id is not None and tenant_id != self._tenant_id:
            raise ForeignTenantError(f"bound to tenant {self._tenant_id}, called for {tenant_id}")

    async def _courtesy(self, message_id: str, *, typing: bool) -> bool:
        body = read_request(message_id, typing=typing)
        answer = await self._request("POST", self._messages, COURTESY_TIMEOUT, body=body)
        return isinstance(answer, httpx.Response) and answer.is_success

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
        """One request, redirects not followed: the token goes to the configured host only."""
        try:
            return await self._http.request(
                method,
                self._base_url + path,
                json=body,
                params=query,
                data=form.fields if form else None,
                files=form.files if form else None,
                headers=self._authorization(),
                timeout=limit,
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return of_failure(error)


def _template(content: JsonObject, waba_id: str) -> Template | None:
    body = TemplateBody.model_validate(content)
    if body.name is None or body.language is None:
        return None
    return Template(
        waba_id=waba_id,
        name=body.name,
        language=body.language,
        status=body.status or "UNKNOWN",
        category=body.category,
        components=objects_at(content, "components"),
    )

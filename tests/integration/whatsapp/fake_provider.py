"""A provider that answers what it is told to, and keeps what it was asked for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from core.whatsapp import (
    Accepted,
    Media,
    MediaResult,
    Outgoing,
    Recipient,
    SendResult,
    TemplateList,
    Unknown,
    UploadResult,
)
from core.whatsapp_files import Uploaded


@dataclass
class FakeProvider:
    """Answers what it is told to, and keeps what it was asked to send."""

    results: list[SendResult] = field(default_factory=list[SendResult])
    sent: list[tuple[Recipient, Outgoing, str]] = field(default_factory=list[tuple[Recipient, Outgoing, str]])
    upload_results: list[UploadResult] = field(default_factory=list[UploadResult])
    uploads: list[tuple[bytes, str]] = field(default_factory=list[tuple[bytes, str]])
    courtesies: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def send(
        self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
    ) -> SendResult:
        del tenant_id
        await asyncio.sleep(0.01)
        self.sent.append((recipient, message, external_id))
        return self.results.pop(0) if self.results else Accepted(f"prov{len(self.sent)}", f"wamid.OUT{len(self.sent)}")

    async def mark_read(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        assert tenant_id is not None
        self.courtesies.append(("read", message_id))
        return True

    async def typing(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        assert tenant_id is not None
        self.courtesies.append(("typing", message_id))
        return True

    async def upload(self, content: bytes, media_type: str, *, tenant_id: int | None = None) -> UploadResult:
        assert tenant_id is not None
        self.uploads.append((content, media_type))
        return self.upload_results.pop(0) if self.upload_results else Uploaded(f"media{len(self.uploads)}")

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        del tenant_id
        return ()

    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        del media, most_bytes, tenant_id
        return Unknown("not asked in these tests")

"""A company whose customers send files: a provider that has them, and the jobs about them done by hand."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

from core.channels import Channel, store_credential
from core.clock import system_clock
from core.contracts import FetchMedia, MediaChanged, PutIntoWords, TakeIn, TakeTurn
from core.credential_names import MODEL_KEY, WHISPER_KEY
from core.database import Database, TenantTransaction
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.media_store import MediaStore
from core.secret import Secret
from core.statements import sibling_statements
from core.whatsapp import (
    Media,
    MediaContent,
    MediaResult,
    Outgoing,
    ProviderName,
    Recipient,
    Refused,
    SendResult,
    TemplateList,
    Unknown,
    UploadResult,
    WhatsAppProvider,
)
from nexus.simulator.placeholders import AUDIO_TYPE, IMAGE_TYPE, picture, voice_note
from orchestrator_service.chat.inbound import take_in
from orchestrator_service.chat.media import show_media
from orchestrator_service.chat.turns import take_turn
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.webhooks import text_event
from tests.support import servers as support
from tests.support.factories import KEYRING
from whatsapp_service.media.fetch import fetch_media
from whatsapp_service.media.tools import MediaTools
from whatsapp_service.media.words import put_into_words

SQL = sibling_statements(__file__)
WHISPER_SECRET = Secret("sk-of-the-company")


@dataclass
class Shelf(WhatsAppProvider):
    """The provider's side: files by their link, or by their id. Where `results` has something, that is the answer."""

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    results: list[MediaResult] = field(default_factory=list[MediaResult])
    asked: int = 0

    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        del tenant_id
        self.asked += 1
        if self.results:
            return self.results.pop(0)
        found = self.files.get(media.link or media.id or "")
        if found is None:
            return Refused("gone", "", retry_after_seconds=None, retryable=False)
        assert len(found) <= most_bytes
        return MediaContent(found, media.mime_type)

    async def send(
        self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
    ) -> SendResult:
        del recipient, message, external_id, tenant_id
        return Unknown("not here")

    async def mark_read(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        del message_id, tenant_id
        return False

    async def typing(self, message_id: str, *, tenant_id: int | None = None) -> bool:
        del message_id, tenant_id
        return False

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        del tenant_id
        return ()

    async def upload(self, content: bytes, media_type: str, *, tenant_id: int | None = None) -> UploadResult:
        del content, media_type, tenant_id
        return Unknown("not here")


@dataclass(frozen=True)
class File:
    """A row of `media_files`."""

    id: int
    state: str
    reason: str | None
    attempts: int
    sniffed_type: str | None
    size_bytes: int | None
    sha256: str | None
    storage_key: str | None
    words_state: str
    words_reason: str | None
    words: str | None
    words_attempts: int
    direction: str


@dataclass(frozen=True)
class Step:
    outcome: str
    detail: dict[str, object]


@dataclass(frozen=True)
class Kind:
    kind: str


@dataclass
class MediaCompany:
    """`company` plays the conversation; `tools` do the jobs about files."""

    company: Company
    shelf: Shelf
    tools: MediaTools

    async def sends_file(self, kind: str, content: bytes | None, mime_type: str, **own: str) -> None:
        """The customer sends a file; None where the provider does not have it any more."""
        link = f"https://api.ycloud.com/v2/whatsapp/media/download/{uuid4().hex}"
        named = uuid4().hex
        if content is not None:
            self.shelf.files[link] = self.shelf.files[named] = content
        self.company.said += 1
        event = text_event("", number=self.company.said)
        message = event["whatsappInboundMessage"]
        assert isinstance(message, dict)
        del message["text"]
        message["type"] = kind
        message[kind] = {"id": named, "link": link, "mime_type": mime_type, **own}
        assert (await self.company.receiver.post(event)).status_code == 200

    async def speaks(self, text: str) -> None:
        """The customer sends a voice note."""
        await self.sends_file("audio", voice_note(text), AUDIO_TYPE)

    async def shows(self, caption: str = "", size: int = 8) -> None:
        """The customer sends a picture."""
        await self.sends_file("image", picture(size), IMAGE_TYPE, **({"caption": caption} if caption else {}))

    async def take_in(self) -> None:
        await take_in(self.company.db, TakeIn(self.company.tenant_id, await self.company.conversation_id()))

    async def fetch(self) -> list[File]:
        """Every file's download is worked off, once."""
        await self.take_in()
        for file in await self.files():
            await fetch_media(self.tools, FetchMedia(self.company.tenant_id, file.id))
        return await self.files()

    async def hear(self) -> list[File]:
        """Every file's words are asked for, once, and shown."""
        for file in await self.files():
            await put_into_words(self.tools, PutIntoWords(self.company.tenant_id, file.id))
            await show_media(self.company.db, MediaChanged(self.company.tenant_id, file.id))
        return await self.files()

    async def files(self) -> list[File]:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.all(SQL["files"], File)

    async def steps(self) -> list[Step]:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.all(SQL["steps"], Step)

    async def tasks(self) -> list[str]:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return [one.kind for one in await tx.all(SQL["open_tasks"], Kind)]

    async def finish_tasks(self) -> None:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            await tx.run(SQL["finish_tasks"])

    async def agent_off(self) -> None:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            await tx.run(SQL["agent_off"])

    async def jobs(self, name: str) -> int:
        """How many jobs of a name wait."""
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.value(SQL["jobs_about"], int, name=name) or 0

    async def lanes(self) -> int:
        """How many notes of the company can be heard at once."""
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.value(SQL["lanes"], int) or 0

    async def listens(self, seconds: float = 0) -> None:
        """The job that looks again runs, `seconds` from now."""
        tools = replace(self.company.tools, clock=lambda: system_clock() + timedelta(seconds=seconds))
        await take_turn(tools, TakeTurn(self.company.tenant_id, await self.company.conversation_id(), listening=True))

    async def has_whisper(self, url: str, *, allowed: bool = True) -> None:
        """The company sets up a model that hears; the operator allows its address."""
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            await tx.run(SQL["hears_at"], url=url)
            await store_credential(tx, KEYRING, WHISPER_KEY, WHISPER_SECRET)
        self._allow(url, allowed=allowed)

    async def has_eyes(self, url: str) -> None:
        """The company sets up a model that sees."""
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            await tx.run(SQL["sees_at"], url=url)
            await store_credential(tx, KEYRING, MODEL_KEY, Secret("sk-eyes"))
        self._allow(url, allowed=True)

    def _allow(self, url: str, *, allowed: bool) -> None:
        place = url.split("/")[2]
        policy = EgressPolicy.from_text(place) if allowed else EgressPolicy()
        self.tools = replace(self.tools, egress=Egress(policy))


@asynccontextmanager
async def media_company(
    db: Database, database: support.Database, redis_url: str, *, provider: ProviderName = "ycloud"
) -> AsyncGenerator[MediaCompany]:
    """A demo company without a quiet period, its files in memory."""
    async with demo_company(db, database, redis_url, provider=provider) as company:
        shelf = Shelf()

        async def provider_of(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
            return shelf

        store = MediaStore(f"memory://{uuid4().hex}")
        tools = MediaTools(db, provider_of, store, system_clock, KEYRING)
        yield MediaCompany(company, shelf, tools)

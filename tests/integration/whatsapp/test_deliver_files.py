"""Files that leave: handed over once or again, sent once, and never another company's."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from core.channels import Channel
from core.clock import system_clock
from core.contracts import Acknowledge, Deliver, DeliveryReported
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.media_store import MediaStore
from core.principal import Principal, TenantId
from core.statements import sibling_statements
from core.whatsapp import Refused, Unknown, WhatsAppProvider
from core.whatsapp_files import OutgoingFile
from nexus.simulator.placeholders import document
from orchestrator_service.chat.attaching import Attached, send_attachment
from orchestrator_service.chat.drafts import approve_draft
from orchestrator_service.chat.statuses import show_delivery
from orchestrator_service.chat.writing import write_message
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.fake_provider import FakeProvider
from tests.support import servers as support
from tests.support.factories import make_user
from whatsapp_service.delivery.acknowledge import acknowledge
from whatsapp_service.delivery.deliver import deliver

SQL = sibling_statements(__file__)
CONTENT = document()


@dataclass(frozen=True)
class Row:
    state: str
    attempts: int
    wamid: str | None
    error_code: str | None


@dataclass(frozen=True)
class Waiting:
    """The arguments of a job."""

    message_id: int
    typing: bool


@dataclass
class Office:
    """A company whose person sends a document to a customer who has just written."""

    company: Company
    boss: Principal
    provider: FakeProvider = field(default_factory=FakeProvider)
    store: MediaStore = field(default_factory=lambda: MediaStore(f"memory://{uuid4().hex}"))

    async def provider_of(self, _: TenantTransaction, __: Channel) -> WhatsAppProvider:
        return self.provider

    async def attaches(self, caption: str = "Precios") -> int:
        stored = await self.store.put(self.boss.tenant_id, CONTENT)
        file = Attached("document", "application/pdf", "Precios.pdf", stored)
        async with self.company.db.tenant(self.boss.tenant_id) as tx:
            conversation_id = await self.company.conversation_id()
            message = await send_attachment(
                tx, self.boss, conversation_id, file, caption, origin=f"file:{uuid4().hex}", now=system_clock()
            )
        return message.id

    async def deliver(self, message_id: int, *, tenant_id: int | None = None, store: bool = True) -> None:
        job = Deliver(tenant_id or self.boss.tenant_id, message_id)
        lent = self.store if store else None
        await deliver(self.company.db, self.provider_of, system_clock, job, store=lent)

    async def row(self, message_id: int) -> Row:
        async with self.company.db.tenant(self.boss.tenant_id) as tx:
            found = await tx.one(SQL["delivery"], Row, message_id=message_id)
        assert found is not None
        return found

    async def shown(self, message_id: int) -> str:
        await show_delivery(self.company.db, DeliveryReported(self.boss.tenant_id, message_id))
        return next(message.status for message in await self.company.messages() if message.id == message_id)

    async def acknowledgements(self) -> list[Waiting]:
        async with self.company.db.tenant(self.boss.tenant_id) as tx:
            return await tx.all(SQL["acknowledgements"], Waiting)

    async def acknowledge(self) -> list[tuple[str, str]]:
        """The jobs that wait are done; what the provider was asked for."""
        for job in await self.acknowledgements():
            asked = Acknowledge(self.boss.tenant_id, job.message_id, job.typing)
            await acknowledge(self.company.db, self.provider_of, asked)
        return self.provider.courtesies


@pytest.fixture
async def office(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Office]:
    async with demo_company(db, database, redis_url) as company:
        tenant = TenantId(company.tenant_id)
        yield Office(company, Principal(tenant, await make_user(db, tenant, role="ceo"), "ceo"))


@pytest.fixture
async def asked(office: Office) -> Office:
    """The customer has written, and the agent has answered."""
    await office.company.says("Hola")
    await office.company.turn()
    for reply in await office.company.replies():
        await office.deliver(reply.id)
    office.provider.sent.clear()
    return office


async def test_a_file_is_handed_over_and_sent_once(asked: Office) -> None:
    message_id = await asked.attaches()
    for _ in range(2):
        await asked.deliver(message_id)
    assert asked.provider.uploads == [(CONTENT, "application/pdf")]
    [(_, message, _)] = asked.provider.sent
    assert message == OutgoingFile("document", "media1", "Precios", "Precios.pdf")
    assert await asked.shown(message_id) == "sent"


async def test_an_upload_that_nobody_answered_is_made_again_and_the_message_still_sent_once(asked: Office) -> None:
    asked.provider.upload_results = [
        Unknown("ReadTimeout"), Refused("HTTP_429", "", 7, retryable=True), Unknown("HTTP 500")
    ]  # fmt: skip
    message_id = await asked.attaches()
    for _ in range(3):
        await asked.deliver(message_id)
        assert asked.provider.sent == []
        assert (await asked.row(message_id)).state == "queued"
    await asked.deliver(message_id)
    assert len(asked.provider.uploads) == 4
    assert len(asked.provider.sent) == 1
    assert await asked.shown(message_id) == "sent"


async def test_an_unknown_send_of_a_file_is_never_sent_again(asked: Office) -> None:
    asked.provider.results = [Unknown("ReadTimeout")]
    message_id = await asked.attaches()
    for _ in range(3):
        await asked.deliver(message_id)
    assert (len(asked.provider.uploads), len(asked.provider.sent)) == (1, 1)
    assert await asked.shown(message_id) == "unknown"


async def test_a_file_that_was_handed_over_is_not_again_when_the_send_is_repeated(asked: Office) -> None:
    asked.provider.results = [Refused("SENDER_RATE_LIMITED", "", 1, retryable=True)]
    message_id = await asked.attaches()
    for _ in range(2):
        await asked.deliver(message_id)
    assert (len(asked.provider.uploads), len(asked.provider.sent)) == (1, 2)


@pytest.mark.parametrize(
    ("result", "times", "code"),
    [
        (Refused("PARAM_INVALID", "no", None, retryable=False), 1, "PARAM_INVALID"),
        (Unknown("ReadTimeout"), 6, "upload_failed"),
    ],
)
async def test_an_upload_that_is_refused_or_never_works_fails_and_calls_a_person(
    asked: Office, result: Refused | Unknown, times: int, code: str
) -> None:
    asked.provider.upload_results = [result] * 9
    message_id = await asked.attaches()
    for _ in range(9):
        await asked.deliver(message_id)
    assert len(asked.provider.uploads) == times
    assert asked.provider.sent == []
    assert await asked.shown(message_id) == "failed"
    assert (await asked.row(message_id)).error_code == code
    assert await asked.company.count("tasks") == 1


async def test_bytes_that_the_store_does_not_give_wait(asked: Office) -> None:
    message_id = await asked.attaches()
    await asked.deliver(message_id, store=False)
    assert (await asked.row(message_id)).state == "queued"
    await asked.deliver(message_id)
    assert await asked.shown(message_id) == "sent"


@pytest.mark.parametrize(("change", "code"), [("pause", "sending_paused"), ("close_window", "window_closed")])
async def test_what_may_not_leave_any_more_is_not_even_handed_over(asked: Office, change: str, code: str) -> None:
    message_id = await asked.attaches()
    await asked.company.run(change)
    await asked.deliver(message_id)
    assert (asked.provider.uploads, asked.provider.sent) == ([], [])
    assert (await asked.row(message_id)).error_code == code


async def test_what_closes_while_the_file_travels_is_seen_before_it_is_sent(asked: Office) -> None:
    message_id = await asked.attaches()
    taken = asked.provider.upload

    async def upload(content: bytes, media_type: str, *, tenant_id: int | None = None) -> object:
        await asked.company.run("close_window")
        return await taken(content, media_type, tenant_id=tenant_id)

    asked.provider.upload = upload  # pyright: ignore[reportAttributeAccessIssue] - the provider of this test alone
    await asked.deliver(message_id)
    assert (len(asked.provider.uploads), asked.provider.sent) == (1, [])
    assert (await asked.row(message_id)).error_code == "window_closed"


async def test_another_companys_file_is_never_read_handed_over_or_sent(
    asked: Office, db: Database, database: support.Database, redis_url: str
) -> None:
    message_id = await asked.attaches()
    async with demo_company(db, database, redis_url) as other:
        await asked.deliver(message_id, tenant_id=other.tenant_id)
    assert (asked.provider.uploads, asked.provider.sent) == ([], [])
    await asked.deliver(message_id)
    assert len(asked.provider.sent) == 1


async def test_a_message_that_lost_its_file_fails_instead_of_leaving_bare(asked: Office) -> None:
    message_id = await asked.attaches()
    async with asked.company.db.tenant(asked.boss.tenant_id) as tx:
        await tx.run(SQL["lose_file"], message_id=message_id)
    await asked.deliver(message_id)
    assert asked.provider.sent == []
    assert (await asked.row(message_id)).error_code == "unsendable"


async def test_the_agent_at_work_shows_that_it_is_typing_and_a_late_word_of_it_only_that_it_has_read(
    office: Office,
) -> None:
    await office.company.says("Hola", "¿Precio?")
    await office.company.turn()  # the reply is there already when the job is done
    [job] = await office.acknowledgements()
    assert job.typing
    assert job.message_id == max(one.id for one in await office.company.messages() if one.direction == "in")
    [(kind, newest)] = await office.acknowledge()
    assert kind == "read"
    async with office.company.db.tenant(office.boss.tenant_id) as tx:
        await tx.run(SQL["unsay"])
    assert await office.acknowledge() == [("read", newest), ("typing", newest)]


async def test_who_waits_for_an_approval_is_told_of_nobody_typing(office: Office) -> None:
    async with office.company.db.tenant(office.boss.tenant_id) as tx:
        await tx.run(SQL["draft_mode"])
    await office.company.says("Hola")
    await office.company.turn()
    assert await office.acknowledgements() == []
    turn = (await office.company.turns())[0]
    async with office.company.db.tenant(office.boss.tenant_id) as tx:
        conversation_id = await office.company.conversation_id()
        await approve_draft(tx, office.boss, conversation_id, turn.id, None, now=system_clock())
    assert [kind for kind, _ in await office.acknowledge()] == ["read"]


async def test_a_persons_answer_marks_what_they_have_read_once(office: Office) -> None:
    async with office.company.db.tenant(office.boss.tenant_id) as tx:
        await tx.run(SQL["draft_mode"])
    await office.company.says("Hola", "¿Hay alguien?")
    for text in ("Sí", "Dime"):
        async with office.company.db.tenant(office.boss.tenant_id) as tx:
            conversation_id = await office.company.conversation_id()
            await write_message(tx, office.boss, conversation_id, text, key=None, now=system_clock())
    assert [kind for kind, _ in await office.acknowledge()] == ["read"]


async def test_a_company_that_has_paused_sending_or_lost_its_key_shows_nothing(office: Office) -> None:
    await office.company.says("Hola")
    await office.company.turn()
    [job] = await office.acknowledgements()
    asked = Acknowledge(office.boss.tenant_id, job.message_id, job.typing)

    async def no_provider(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
        raise Unavailable

    await acknowledge(office.company.db, no_provider, asked)
    await office.company.run("pause")
    assert await office.acknowledge() == []

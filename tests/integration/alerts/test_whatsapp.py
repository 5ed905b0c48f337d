"""Alerts to a colleague's own WhatsApp: the ceo's template, by the door of all messages, in nobody's conversation."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from core.channels import Channel
from core.contracts import AlertDue, DeliverAlert
from core.database import TenantTransaction
from core.whatsapp import Outgoing, OutgoingTemplate, Recipient, Refused, SendResult, Unknown, WhatsAppProvider
from orchestrator_service.alerts.send import send_alert
from tests.integration.alerts.desk import KEY, SQL, Desk, make_desk
from tests.integration.alerts.push_service import push_service
from tests.integration.whatsapp.test_deliver import FakeProvider
from tests.support.api import Api
from whatsapp_service.delivery.alerts import deliver_alert

TWO = [{"type": "BODY", "text": "Aviso: {{1}}. Míralo aquí: {{2}}"}]
ONE = [{"type": "BODY", "text": "Aviso: {{1}}"}]
PHONE = "+5491123456789"


@dataclass
class Line:
    """A desk with a number of the company's, and what left by it."""

    desk: Desk
    provider: FakeProvider = field(default_factory=FakeProvider)

    async def provider_of(self, _tx: TenantTransaction, _channel: Channel) -> WhatsAppProvider:
        return self.provider

    async def template(self, components: list[dict[str, str]], name: str = "aviso") -> int:
        async with self.desk.api.db.tenant(self.desk.tenant) as tx:
            channel = self.desk.office.scene.channel
            made = await tx.value(SQL["approve"], int, channel_id=channel, name=name, components=components)
        assert made is not None
        return made

    async def chooses(self, template_id: int | None) -> tuple[int, object]:
        body = {"show_names": True, "template_id": template_id}
        status, told = await self.desk.ask("ceo", "PUT", "/notifications/alerts/company", dict(body))
        return status, told.get("code")

    async def works(self, times: int = 1) -> None:
        """The worker, a minute later."""
        self.desk.api.clock.now += timedelta(seconds=60)
        for _ in range(times):
            for alert in await self.desk.alerts():
                await send_alert(self.desk.tools(), AlertDue(self.desk.tenant, alert.id))
                job = DeliverAlert(self.desk.tenant, alert.id)
                await deliver_alert(self.desk.api.db, self.provider_of, self.desk.api.clock, job)

    async def outcome(self) -> list[tuple[str, str | None]]:
        return [(one.state, one.reason) for one in await self.desk.alerts()]


@pytest.fixture
async def line(api: Api) -> AsyncGenerator[Line]:
    async with push_service(KEY.public) as service:
        line = Line(await make_desk(api, service))
        assert await line.chooses(await line.template(TWO)) == (200, None)
        await line.desk.choose("closer", channels={"person_needed": ["whatsapp"]}, phone=PHONE)
        yield line


async def called(line: Line) -> int:
    talk = await line.desk.office.talk("closer")
    await line.desk.call(talk)
    await line.desk.plan()
    return talk.conversation_id


async def test_it_reaches_the_colleagues_number_and_no_conversation(line: Line) -> None:
    conversation = await called(line)
    async with line.desk.api.db.tenant(line.desk.tenant) as tx:
        before = await tx.value(SQL["said_nothing_to"], int)
    await line.works(times=3)
    ((to, message, name),) = line.provider.sent
    where = f"https://crm.example/inbox/{conversation}"
    assert to == Recipient(to=PHONE)
    assert message == OutgoingTemplate("aviso", "es", ("Ana Ruiz necesita una persona", where))
    assert name.startswith(f"nexus-alert:{line.desk.tenant}:")
    assert await line.outcome() == [("sent", None)]
    async with line.desk.api.db.tenant(line.desk.tenant) as tx:
        assert await tx.value(SQL["said_nothing_to"], int) == before


async def test_only_a_template_that_an_alert_can_fill_may_be_chosen(line: Line) -> None:
    assert await line.chooses(await line.template(ONE, "uno")) == (409, "template_unavailable")
    assert await line.chooses(10**12) == (404, "not_found")
    assert await line.chooses(None) == (200, None)


async def test_without_a_template_nothing_leaves(line: Line) -> None:
    await line.chooses(None)
    await called(line)
    await line.works()
    assert (line.provider.sent, await line.outcome()) == ([], [("failed", "not_configured")])


async def test_the_companys_pause_and_an_opt_out_hold_here_too(line: Line) -> None:
    talk = await line.desk.office.talk("closer")
    await line.desk.run("opt_out", phone=PHONE.removeprefix("+"), lead_id=talk.lead_id)
    await line.desk.call(talk)
    await line.desk.plan()
    await line.works()
    assert (line.provider.sent, await line.outcome()) == ([], [("failed", "opted_out")])
    await line.desk.run("pause")
    await line.desk.run("read_all")
    await line.desk.call(talk)
    await line.desk.plan()
    await line.works()
    assert (await line.outcome())[-1] == ("failed", "sending_paused")


async def test_what_nobody_knows_is_not_sent_again_and_what_was_refused_for_now_is(line: Line) -> None:
    await called(line)
    line.provider.results = [Refused("busy", "later", 5, retryable=True), Unknown("timeout")]
    await line.works(times=4)
    assert len(line.provider.sent) == 2
    assert await line.outcome() == [("unknown", "timeout")]


class Killed(BaseException):
    """No handler sees this, as none sees a kill -9."""


async def test_a_worker_that_dies_over_it_does_not_send_twice(line: Line) -> None:
    await called(line)

    class Dying(FakeProvider):
        async def send(
            self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
        ) -> SendResult:
            await super().send(recipient, message, external_id=external_id, tenant_id=tenant_id)
            raise Killed

    line.provider = Dying()
    with pytest.raises(Killed):
        await line.works()
    await line.works(times=2)
    assert len(line.provider.sent) == 1
    assert await line.outcome() == [("unknown", "interrupted")]

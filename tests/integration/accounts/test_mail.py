"""Links by mail: after the commit, sealed until then, once; and a mail server that is away loses nothing."""

from __future__ import annotations

import smtplib
from collections.abc import AsyncGenerator
from dataclasses import replace

import httpx
import pytest

from core.contracts import SendLink
from core.mail import MailNotSent
from orchestrator_service.accounts.send_link import Mailing, send_link
from tests.integration.accounts.company import INVITATIONS, NEW_PASSWORD, SQL, Company, company, log_in, use
from tests.integration.accounts.post_office import PostOffice, post_office
from tests.support.api import Api, fresh_email
from tests.support.factories import make_tenant


@pytest.fixture
async def office(api: Api) -> AsyncGenerator[PostOffice]:
    api.app.state.access = replace(api.door, mails=True, public_url="https://crm.example")
    async with post_office() as office:
        yield office


def mailing(api: Api, office: PostOffice | None) -> Mailing:
    smtp = office.smtp() if office else None
    return Mailing(api.db, api.door.keyring, smtp, api.door.public_url, api.clock)


async def forgot(api: Api, email: str) -> httpx.Response:
    async with api.browser() as browser:
        return await browser.post("/auth/forgot", json={"email": email})


async def last(here: Company) -> SendLink:
    return SendLink(here.tenant, (await here.tokens())[-1].id)


async def test_a_forgotten_password_is_mailed_and_reset(api: Api, office: PostOffice) -> None:
    async with company(api, "Clínica Sur") as here:
        assert (await forgot(api, here.boss.email)).status_code == 202
        assert office.taken == [], "nothing leaves before the commit"
        sealed = (await here.tokens())[-1].sealed
        assert sealed is not None
        await send_link(mailing(api, office), await last(here))
        (mail,) = office.taken
        assert (mail["To"], mail["From"]) == (here.boss.email, "Nexus <nexus@crm.example>")
        assert mail["Subject"] == "Una contraseña nueva para Clínica Sur"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail.get_content_type() == "text/plain"
        assert "Hola, Carla Ríos" in office.text()
        assert f"https://crm.example/reset#token={office.token()}" in office.text()
        assert office.token() not in sealed
        (kept,) = await here.tokens()
        assert (kept.mail, kept.sealed) == ("sent", None)
        assert (await use(api, "/auth/reset", office.token())).status_code == 204
        assert await log_in(api, here.boss.email, NEW_PASSWORD) == 204
        (told,) = await here.told(here.boss)
        assert told.data["link_by"] == "person"


async def test_an_invitation_is_mailed_and_its_link_shown_to_nobody(api: Api, office: PostOffice) -> None:
    async with company(api, "Clínica Sur") as here:
        email = fresh_email()
        answer = await here.invite(email)
        assert (answer.json()["issued"]["link"], answer.json()["invitation"]["mail"]) == (None, "waiting")
        await send_link(mailing(api, office), await last(here))
        assert office.taken[-1]["Subject"] == "Carla Ríos te invita a Clínica Sur"
        assert [line["mail"] for line in await here.open_invitations()] == ["sent"]
        assert (await use(api, "/auth/invitation", office.token())).status_code == 204
        assert await log_in(api, email, NEW_PASSWORD) == 204


@pytest.mark.parametrize(
    ("language", "subject", "word"),
    [("en", "A new password for Acme", "It works once"), ("pt", "Uma senha nova para Acme", "uma única vez")],
)
async def test_the_mail_speaks_the_companys_language(
    api: Api, office: PostOffice, language: str, subject: str, word: str
) -> None:
    tenant = await make_tenant(api.db, "Acme", language="en" if language == "en" else "pt")
    ana = await api.member(tenant, "ceo")
    await forgot(api, ana.email)
    await send_link(mailing(api, office), SendLink(tenant, 1))
    assert office.taken[-1]["Subject"] == subject
    assert word in office.text()


async def test_a_dead_mail_server_loses_nothing_and_a_living_one_gets_it_once(api: Api, office: PostOffice) -> None:
    async with company(api) as here:
        await forgot(api, here.boss.email)
        job = await last(here)
        away = replace(mailing(api, office), smtp=replace(office.smtp(), port=1))
        for broken in (away, mailing(api, None)):
            with pytest.raises(MailNotSent):
                await send_link(broken, job)
        office.answer = 450
        with pytest.raises(MailNotSent):
            await send_link(mailing(api, office), job)
        assert [token.mail for token in await here.tokens()] == ["waiting"]
        office.answer = 250
        for _ in range(3):
            await send_link(mailing(api, office), job)
        assert len(office.taken) == 1


async def test_a_server_that_hangs_up_gets_the_same_mail_again(api: Api, office: PostOffice) -> None:
    async with company(api) as here:
        await forgot(api, here.boss.email)
        office.hangs_up_after_taking = True
        with pytest.raises(MailNotSent):
            await send_link(mailing(api, office), await last(here))
        office.hangs_up_after_taking = False
        await send_link(mailing(api, office), await last(here))
        first, second = office.taken
        assert first["Message-ID"] == second["Message-ID"]
        assert first.get_content() == second.get_content()


async def test_a_refused_address_is_not_asked_again_and_the_ceo_sees_it(api: Api, office: PostOffice) -> None:
    async with company(api) as here:
        await here.invite()
        office.answer = 550
        for _ in range(2):
            await send_link(mailing(api, office), await last(here))
        assert office.asked == 1
        assert [line["mail"] for line in await here.open_invitations()] == ["refused"]
        assert (await here.tokens())[-1].sealed is None


async def test_a_mail_without_a_point_does_not_leave(api: Api, office: PostOffice) -> None:
    """Taken back, used or expired before the worker came to it; and nobody's, which a stranger's e-mail asks for."""
    async with company(api) as here:
        made = await here.invite()
        job = await last(here)
        await here.ceo.delete(f"{INVITATIONS}/{made.json()['invitation']['id']}")
        await send_link(mailing(api, office), job)
        await send_link(mailing(api, office), SendLink(0, 0))
        assert office.asked == 0
        assert (await here.tokens())[-1].sealed is None, "what is taken back is not kept either"


async def test_a_name_writes_no_header(api: Api, office: PostOffice) -> None:
    async with company(api, "Acme\r\nBcc: eve@example.com") as here:
        await forgot(api, here.boss.email)
        await send_link(mailing(api, office), await last(here))
        assert office.taken[-1]["Bcc"] is None
        assert office.taken[-1]["Subject"] == "Una contraseña nueva para Acme Bcc: eve@example.com"


async def test_no_link_is_in_the_queue_or_the_audit_log(api: Api, office: PostOffice) -> None:
    async with company(api) as here:
        await forgot(api, here.boss.email)
        await send_link(mailing(api, office), await last(here))
        await use(api, "/auth/reset", office.token())
        async with api.db.tenant(here.tenant) as tx:
            said = await tx.value(SQL["everything_said"], str)
            queue = str([dict(row) for row in await tx.connection.fetch("SELECT * FROM jobs.procrastinate_jobs")])
        assert said is not None
        assert "auth.password_reset" in said
        assert office.token().rpartition(".")[2] not in said + queue
        assert here.boss.email not in queue


async def test_encryption_is_not_given_up_where_the_server_has_none(api: Api, office: PostOffice) -> None:
    async with company(api) as here:
        await forgot(api, here.boss.email)
        wants = replace(mailing(api, office), smtp=replace(office.smtp(), security="starttls"))
        with pytest.raises(MailNotSent) as refused:
            await send_link(wants, await last(here))
        assert smtplib.SMTPNotSupportedError.__name__ in str(refused.value)
        assert office.asked == 0

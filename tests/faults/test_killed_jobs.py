"""kill -9 in the middle of background work: the job comes again, and nothing is lost, doubled or sent twice.

The long form, an import of many chunks, by hand: `bin/test -m slow tests/faults/test_killed_jobs.py`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from core.channels import store_credential
from core.contracts import AlertDue, DeliverAlert
from core.crash_points import Moment
from core.crm_contracts import FetchLead, ImportStep, ReconcileLeads, ScanDuplicates
from core.json_types import JsonObject
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.alerts.send import send_alert
from orchestrator_service.imports.step import step
from orchestrator_service.merging.scan import scan
from tests.faults.errands import Errands
from tests.integration.accounts.post_office import post_office
from tests.integration.alerts.desk import KEY, make_desk
from tests.integration.alerts.push_service import push_service
from tests.integration.alerts.test_whatsapp import PHONE, TWO, Line
from tests.integration.imports.desk import Desk as ImportDesk
from tests.integration.lead_sources.graph import PAGE, TOKEN, Graph
from tests.integration.lead_sources.test_inbound import Company
from tests.integration.simulator.simulated import free_port, serving
from tests.support.api import Api
from tests.support.factories import KEYRING, make_tenant
from tests.support.spreadsheets import spreadsheet

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120)]

SQL = sibling_statements(__file__)


async def test_an_alert_leaves_at_most_once_by_each_of_its_ways(api: Api, errands: Errands) -> None:
    """After a death nobody knows whether it left: it is never sent again, by no way."""
    async with push_service(KEY.public) as service, post_office() as post:
        desk = await make_desk(api, service)
        desk.smtp, errands.smtp, errands.egress = post.smtp(), post.port, f"127.0.0.1:{service.port}"
        line = Line(desk)
        assert await line.chooses(await line.template(TWO)) == (200, None)
        everywhere = {"channels": {"person_needed": ["push", "email", "whatsapp"]}, "phone": PHONE}
        assert (await desk.choose("closer", **everywhere))[0] == 200
        browser = await desk.switch_on("closer")

        async def ring(moment: Moment, *, without: str = "") -> set[tuple[str, str, str | None]]:
            """Three alerts of one notice, each of whose senders dies at that moment and is followed by another."""
            known = {alert.id for alert in await desk.alerts()}
            await desk.run("read_all")
            await desk.call(await desk.office.talk("closer"))
            await desk.plan()
            api.clock.now += timedelta(minutes=2)
            errands.now = api.clock()
            for alert in [one for one in await desk.alerts() if one.id not in known]:
                job = AlertDue(desk.tenant, alert.id)
                if alert.channel == "whatsapp":
                    await send_alert(desk.tools(), job)
                    job = DeliverAlert(desk.tenant, alert.id)
                await errands.dies(job, moment, without=without)
            await line.works(times=2)
            return {(one.channel, one.state, one.reason) for one in await desk.alerts() if one.id not in known}

        def left() -> tuple[int, int, int]:
            return len(service.of(browser)), len(post.taken), len(errands.left()) + len(line.provider.sent)

        doubtful = {(way, "unknown", "interrupted") for way in ("push", "email", "whatsapp")}
        assert (await ring("alert_claimed"), left()) == (doubtful, (0, 0, 0))
        assert (await ring("alert_taken"), left()) == (doubtful, (1, 1, 1))

        # Control: without the mark that is committed before it leaves, each leaves again.
        again = await ring("alert_taken", without="alert_claimed_with_its_outcome")
        assert ({state for _, state, _ in again}, left()) == ({"sent"}, (3, 3, 3))


@dataclass
class Page:
    """A company whose advertisements bring leads, and Meta's side of it."""

    company: Company
    graph: Graph
    source: int

    async def bells(self) -> tuple[int, int]:
        """How many leads there are, and how often somebody was told that one came."""
        return len(await self.company.leads()), await self.company.count("announced", name="NOTIFICATION")

    async def received(self) -> int:
        async with self.company.api.db.tenant(self.company.tenant) as tx:
            return await tx.value(SQL["waiting_lead"], int) or 0


@pytest.fixture
async def page(api: Api, errands: Errands) -> AsyncGenerator[Page]:
    tenant = await make_tenant(api.db)
    ceo = api.browser(await api.session(await api.member(tenant, "ceo")))
    company, graph, port = Company(api, tenant, ceo), Graph(), free_port()
    async with api.db.tenant(tenant) as tx:
        await store_credential(tx, KEYRING, "meta:access_token", Secret(TOKEN))
    source, _, _ = await company.add(kind="page", name="Página", page_id=PAGE)
    errands.graph = f"http://127.0.0.1:{port}/v26.0"
    async with serving(Starlette(routes=[Route("/v26.0/{path:path}", graph.answer)]), port):
        yield Page(company, graph, source)


async def test_a_lead_of_metas_is_found_fetched_and_told_once(page: Page, errands: Errands) -> None:
    page.graph.add("111", full_name="Lucía Gómez", phone_number="+5491155512345")
    tenant = int(page.company.tenant)
    comparing = ReconcileLeads(tenant, page.source)
    await errands.dies(comparing, "compared")
    assert await page.received() == 0, "nothing is known of it, and nothing was passed over"
    await errands.do(comparing)
    await errands.dies(comparing, "worked")
    fetching = FetchLead(tenant, await page.received())
    await errands.dies(fetching, "fetched")
    assert await page.bells() == (0, 0)
    await errands.dies(fetching, "worked")
    await errands.do(fetching)
    assert await page.bells() == (1, 1)

    # Control: where what is settled counts as waiting, a job that comes again tells of the lead again.
    await errands.dies(fetching, "worked", without="fetched_leads_are_fetched_again")
    assert await page.bells() == (1, 2)


@pytest.mark.parametrize("rows", [pytest.param(60, id="short"), pytest.param(6_000, id="long", marks=pytest.mark.slow)])
async def test_an_import_whose_every_step_dies_is_what_it_would_have_been(
    api: Api, errands: Errands, rows: int
) -> None:
    """Each chunk of each pass dies at each of its moments; another company's, in peace, is the measure."""
    sheet = spreadsheet(rows)
    desks: list[ImportDesk] = []
    for name in ("Dying", "Living"):
        ceo = await api.member(await make_tenant(api.db, name), "ceo")
        desks.append(ImportDesk(api, ceo, api.browser(await api.session(ceo))))
    dying, living = desks
    files = [await desk.upload(sheet.content) for desk in desks]
    passes: dict[str, tuple[Moment, ...]] = {
        "check": ("judged", "stepped", "worked"),
        "run": ("stepped", "worked"),
        "undo": ("stepped", "worked"),
    }
    plan = {"columns": files[0]["guess"], "options": {"country": "AR"}}
    for verb, moments in passes.items():
        for desk, one in zip(desks, files, strict=True):
            assert (await desk.order(one, verb, plan if verb == "check" else None)).status_code == 202
        for number in range(files[0]["chunk_count"]):
            job = ImportStep(int(dying.ceo.tenant_id), files[0]["id"], number)
            for moment in moments:
                await errands.dies(job, moment)
                passed = (await dying.read(files[0]))["passed"]
                assert passed == number + (moment == "worked"), "a chunk is done whole or not at all"
            await step(api.db, job)
        await living.work(files[1])
        assert alike(await dying.state()) == alike(await living.state())
        assert [name for name, _ in await dying.events()] == [name for name, _ in await living.events()]
        assert len(await dying.state()) == (sheet.good if verb == "run" else 0)
    counts = [
        [(await desk.read(one))[key] for key in ("checked", "written", "undone")]
        for desk, one in zip(desks, files, strict=True)
    ]
    assert counts[0] == counts[1]
    assert len(await dying.bells()) == 1


def alike(leads: list[JsonObject]) -> list[JsonObject]:
    """The leads without what differs from company to company and from moment to moment."""
    own = {"id", "tenant_id", "created_at", "updated_at", "owner_user_id"}
    return [{name: value for name, value in lead.items() if name not in own} for lead in leads]


async def test_the_search_for_duplicates_passes_over_nobody(api: Api, errands: Errands) -> None:
    tenants = [await make_tenant(api.db, name) for name in ("Searched", "Control")]
    for tenant in tenants:
        async with api.db.tenant(tenant) as tx:
            for name, email, hours in (("Ana Ruiz", "a", 48), ("Dra. Ana Ruíz", "a", 48), ("Beto Paz", "b", 24)):
                await tx.run(SQL["add_old_lead"], name=name, email=f"{email}@sur.example", hours=hours)

    async def pairs(tenant: int) -> int:
        async with api.db.tenant(tenant) as tx:
            return await tx.value(SQL["pairs"], int) or 0

    job = ScanDuplicates(int(tenants[0]))
    await errands.dies(job, "looked_up")
    assert await pairs(tenants[0]) == 0
    await errands.dies(job, "worked")
    await scan(api.db, job)
    assert await pairs(tenants[0]) == 1

    job = ScanDuplicates(int(tenants[1]))
    await errands.dies(job, "looked_up", without="searched_before_it_is")
    await scan(api.db, job)
    assert await pairs(tenants[1]) == 0, "control: a place that moves before the look loses the batch"

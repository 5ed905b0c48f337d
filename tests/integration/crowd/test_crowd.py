"""A crowd is written whole, goes on where it was stopped, and its search is served by an index."""

from __future__ import annotations

import pytest

from core.database import Database, TenantTransaction
from core.database_errors import ConstraintViolated
from core.paging import LARGEST_ID
from core.principal import Principal, TenantId, UserId
from core.statements import sibling_statements
from nexus.crowd.companies import Founder
from nexus.crowd.fill import Waiting, prepare, write, write_chunk
from nexus.crowd.plan import Company, Plan
from orchestrator_service.leads import repository
from orchestrator_service.leads.edit import create_lead, list_leads, summarise_leads
from orchestrator_service.leads.models import LeadFields
from orchestrator_service.leads.wanted import WantedLeads
from tests.support import servers
from tests.support.factories import DIRECTORY, KEYRING

SQL = sibling_statements(__file__)
PLAN = Plan(2_000, 2, 730, random=1, chunk=750)
INDEX = "leads_by_terms"


async def prepared(db: Database, database: servers.Database, plan: Plan = PLAN) -> Waiting:
    founder = Founder(db, DIRECTORY, KEYRING, "nobody's", "demo")
    return await prepare(founder, plan, database.owner_url, lambda _what, _done, _of: None)


def finish(waiting: Waiting, database: servers.Database) -> list[str]:
    told: list[str] = []
    write(waiting, database.owner_url, lambda what, done, of: told.append(f"{what} {done} of {of}"))
    return told


def ceo(company: Company) -> Principal:
    return Principal(TenantId(company.tenant_id), UserId(company.users[0]), "ceo")


async def found(tx: TenantTransaction, company: Company, text: str) -> list[str]:
    wanted = WantedLeads(text=text)
    leads = await list_leads(tx, ceo(company), wanted, before_id=LARGEST_ID, most=100)
    return [f"{lead.full_name} {lead.phone} {lead.email} {lead.company}" for lead in leads]


async def test_a_crowd_goes_on_where_it_was_stopped_and_is_searched_by_an_index(
    db: Database, database: servers.Database
) -> None:
    began = await prepared(db, database)
    assert began.chunks == (0, 1, 2)
    for chunk in (0, 2):
        write_chunk(began.frame, chunk, database.owner_url)
    again = await prepared(db, database)
    assert (again.chunks, again.leads) == ((1,), 750)
    assert again.frame == began.frame
    told = finish(again, database)
    assert told[0] == "leads 750 of 750"
    assert (await prepared(db, database)).chunks == ()
    assert finish(await prepared(db, database), database) == []
    with pytest.raises(ConstraintViolated):
        write_chunk(began.frame, 1, database.owner_url)
    for company in began.frame.companies:
        async with db.tenant(company.tenant_id) as tx:
            stages = await summarise_leads(tx, ceo(company), WantedLeads())
            assert sum(stage.leads for stage in stages) == 1_000
            new = await create_lead(tx, ceo(company), LeadFields(full_name="Ana Ruiz", phone="+5491144440001"))
            assert new.id > began.frame.first_id + PLAN.leads
    await search(db, began.frame.companies[0])
    await search_for_what_many_have(db, began.frame.companies[1])


async def search(db: Database, company: Company) -> None:
    """By the index, where row level security would have every lead of the company read."""
    async with db.tenant(company.tenant_id) as tx:
        before = await tx.value(SQL["scans"], int, index=INDEX)
        assert before is not None
        [anybody] = await list_leads(tx, ceo(company), WantedLeads(), before_id=LARGEST_ID, most=1)
        assert anybody.phone
        for number, text in enumerate(("juli", anybody.phone[-4:], "@mail.example"), start=1):
            hits = await found(tx, company, text)
            assert hits
            assert all(text in hit.lower() for hit in hits)
            assert await tx.value(SQL["scans"], int, index=INDEX) == before + 2 * number, "words, and parts of them"
        assert await tx.value(SQL["search_by_rows"], int, words=f"'{company.tenant_id}_juli':*")
        assert await tx.value(SQL["scans"], int, index=INDEX) == before + 6, "the control: without the function"


def by_the_index(_text: str) -> bool:
    return False


async def search_for_what_many_have(db: Database, company: Company) -> None:
    """The same leads as by the index, which is not asked where the newest fill the page, as a rare letter's do not."""
    async with db.tenant(company.tenant_id) as tx:
        for text, asks in (("a", 0), ("@mail.example", 0), ("example.org", 0), ("ma", None), ("w", 1), ("zz", 1)):
            before = await tx.value(SQL["scans"], int, index=INDEX)
            wanted, page, at = WantedLeads(text=text), list[int](), LARGEST_ID
            while hits := await list_leads(tx, ceo(company), wanted, before_id=at, most=26):
                page += [lead.id for lead in hits]
                at = hits[-1].id
                if len(page) > 100:
                    break
            asked = (await tx.value(SQL["scans"], int, index=INDEX) or 0) - (before or 0)
            assert asks is None or bool(asked) == bool(asks), text
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(repository, "is_common", by_the_index)
                all_of_them = await list_leads(tx, ceo(company), wanted, before_id=LARGEST_ID, most=1_000)
            assert page == [lead.id for lead in all_of_them][: len(page)], text
            assert len(page) >= min(100, len(all_of_them)), text

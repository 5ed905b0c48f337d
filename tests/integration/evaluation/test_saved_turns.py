"""A turn of production is kept without what names people, and played again to the same end."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from core.channels import store_credential
from core.contracts import RunEvaluation
from core.credential_names import MODEL_KEY
from core.database import Database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.errors import NotFound
from core.principal import Principal, TenantId
from core.secret import Secret
from core.statements import sibling_statements
from nexus.evaluation.play import Named, Result
from nexus.evaluation.report import failures_json
from nexus.evaluation.run import play_all
from nexus.evaluation.saved import play_apart, run_saved
from orchestrator_service.evaluation.files import parse_scenarios, write_scenario
from orchestrator_service.evaluation.runs import (
    AlreadyRunning,
    NothingToPlay,
    begin_run,
    read_run,
    read_scenario,
    remove_scenario,
    scenarios_to_play,
)
from orchestrator_service.evaluation.save import NotReplayable, save_turn
from orchestrator_service.evaluation.scenario import Scenario
from tests.integration.chat.company import Company, demo_company
from tests.integration.chat.model_server import Calls, model_server
from tests.support import servers as support
from tests.support.factories import KEYRING, make_event, make_tenant, make_user

SQL = sibling_statements(__file__)


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


async def ceo_of(company: Company) -> Principal:
    tenant = TenantId(company.tenant_id)
    return Principal(tenant, await make_user(company.db, tenant, role="ceo"), "ceo")


async def talk(company: Company) -> None:
    """Three bursts, the last of which taps a time: each is a turn."""
    await company.says(
        "Hola, soy Brunilda Etcheverry, mi mail es brunilda@etcheverry.example y mi cel +54 9 11 4444-5555"
    )
    await company.turn()
    await company.says(
        "Tengo una clínica en Av. Siempreviva 742 y necesito ordenar los turnos cuanto antes, ¿podemos reunirnos?"
    )
    await company.turn()
    choices = (await company.replies())[-1].content["choices"]
    assert isinstance(choices, list)
    first = choices[0]
    assert isinstance(first, dict)
    await company.says(str(first["title"]), reply_id=str(first["id"]))
    await company.turn()


async def play(database: support.Database, scenarios: list[Scenario]) -> list[Result]:
    named = [Named(str(number), one) for number, one in enumerate(scenarios)]
    return await play_all(database.app_url, named, lambda _: None)


async def test_every_turn_is_kept_scrubbed_and_plays_to_the_same_end(
    company: Company, database: support.Database
) -> None:
    await make_event(company.db, company.tenant_id, 1, *_tomorrow(), kind="block")
    await make_event(company.db, company.tenant_id, 1, *(each + timedelta(days=1) for each in _tomorrow()))
    await talk(company)
    luz = await ceo_of(company)
    async with company.db.tenant(company.tenant_id) as tx:
        for turn in await company.turns():
            await save_turn(tx, luz, turn.id)
        kept = [scenario for _, scenario in await scenarios_to_play(tx)]
    assert len(kept) == 3
    for scenario in kept:
        text = write_scenario(scenario)
        assert parse_scenarios(text, name="kept") == [scenario]
        for personal in ("Brunilda", "brunilda", "Etcheverry", "4444", "Siempreviva", "Lucía", "Gómez", "Pérez"):
            assert personal not in text, text
    for result in await play(database, kept):
        assert result.passed, msgspec.json.encode(failures_json(result)).decode()


async def test_a_sellers_lead_is_theirs_again(company: Company, database: support.Database) -> None:
    """The owner of a lead is offered first, and is so when the turn is played again."""
    tenant = TenantId(company.tenant_id)
    owner = await make_user(company.db, tenant, role="closer")
    await company.says("Hola, soy Brunilda Etcheverry")
    await company.turn()
    async with company.db.tenant(tenant) as tx:
        seller = await tx.value(SQL["give_the_lead"], str, user_id=owner)
    await company.says("Tengo una clínica y necesito ordenar los turnos cuanto antes, ¿podemos reunirnos?")
    await company.turn()
    times = [line for line in ((await company.replies())[-1].body or "").splitlines() if line[:2] in {"1.", "2.", "3."}]
    assert times
    assert seller is not None
    assert all(seller in line for line in times)
    luz = await ceo_of(company)
    async with company.db.tenant(tenant) as tx:
        await save_turn(tx, luz, (await company.turns())[-1].id)
        kept = [scenario for _, scenario in await scenarios_to_play(tx)]
    assert kept[0].lead.owner in {one.name for one in kept[0].sellers}
    (result,) = await play(database, kept)
    assert result.passed, msgspec.json.encode(failures_json(result)).decode()


async def test_a_live_models_turn_is_kept_and_played_without_it(company: Company, database: support.Database) -> None:
    await company.run("go_live")
    company.tools = replace(company.tools, egress=Egress(EgressPolicy.from_text("127.0.0.1")))
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    wanted = {"date_from": day.isoformat(), "date_to": (day + timedelta(days=4)).isoformat()}
    answers = (Calls("check_seller_availability", json.dumps(wanted)), "¿Cuál de estos horarios te sirve?")
    async with model_server(*answers) as model:
        async with company.db.tenant(company.tenant_id) as tx:
            await store_credential(tx, KEYRING, MODEL_KEY, Secret("key"))
        await company.run("use_model", url=model.url)
        await company.says("Hola, ¿cuándo nos podemos reunir?")
        await company.turn()
    luz = await ceo_of(company)
    async with company.db.tenant(company.tenant_id) as tx:
        await save_turn(tx, luz, (await company.turns())[0].id)
        kept = [scenario for _, scenario in await scenarios_to_play(tx)]
    assert [[call.tool for call in one.tools] for one in kept[0].steps[0].recorded] == [
        ["check_seller_availability"],
        [],
    ]
    (result,) = await play(database, kept)
    assert result.passed, msgspec.json.encode(failures_json(result)).decode()


def _tomorrow() -> tuple[datetime, datetime]:
    start = (datetime.now(UTC) + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    return start, start + timedelta(hours=6)


async def test_a_changed_reply_is_found(company: Company, database: support.Database) -> None:
    await talk(company)
    luz = await ceo_of(company)
    async with company.db.tenant(company.tenant_id) as tx:
        saved = await save_turn(tx, luz, (await company.turns())[0].id)
        body = write_scenario(Scenario.model_validate((await read_scenario(tx, saved.id)).body))
    changed = parse_scenarios(re.sub("Para orientarte", "Para ayudarte", body), name="changed")
    (result,) = await play(database, changed)
    assert [failure.what for step in result.steps for failure in step.failures] == ["reply"]


async def test_a_turn_is_kept_once_and_only_when_it_said_something(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    luz = await ceo_of(company)
    turn_id = (await company.turns())[0].id
    async with company.db.tenant(company.tenant_id) as tx:
        first = await save_turn(tx, luz, turn_id)
        assert await save_turn(tx, luz, turn_id) == first
        await tx.connection.execute("UPDATE agent_turns SET state = 'superseded' WHERE id = $1", turn_id)
        with pytest.raises(NotReplayable):
            await save_turn(tx, luz, turn_id)


async def test_a_run_plays_what_was_kept_apart_and_files_it_once(company: Company) -> None:
    await talk(company)
    luz = await ceo_of(company)
    async with company.db.tenant(company.tenant_id) as tx:
        with pytest.raises(NothingToPlay):
            await begin_run(tx, luz)
        kept = [await save_turn(tx, luz, turn.id) for turn in await company.turns()]
        await remove_scenario(tx, kept[1].id)
        run = await begin_run(tx, luz)
    async with company.db.tenant(company.tenant_id) as tx:
        with pytest.raises(AlreadyRunning):
            await begin_run(tx, luz)
    leads = await company.count("leads")
    await run_saved(company.db, RunEvaluation(company.tenant_id, run.id))
    assert await company.count("leads") == leads
    async with company.db.tenant(company.tenant_id) as tx:
        done = await read_run(tx, run.id)
        assert (done.state, done.scenarios, done.passed, done.problem) == ("done", 2, 2, None)
        assert [one["scenario_id"] for one in done.results] == [kept[0].id, kept[2].id]


async def test_a_process_that_takes_too_long_is_ended(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    luz = await ceo_of(company)
    async with company.db.tenant(company.tenant_id) as tx:
        await save_turn(tx, luz, (await company.turns())[0].id)
        scenarios = await scenarios_to_play(tx)
    outcome = await play_apart(scenarios, longest=0.1)
    assert outcome.problem == "too_long"


async def test_another_company_sees_and_keeps_nothing_of_it(company: Company, db: Database) -> None:
    await company.says("Hola")
    await company.turn()
    other = await make_tenant(db, "Other")
    stranger = Principal(other, await make_user(db, other, role="ceo"), "ceo")
    turn_id = (await company.turns())[0].id
    async with db.tenant(company.tenant_id) as tx:
        saved = await save_turn(tx, await ceo_of(company), turn_id)
    async with db.tenant(other) as tx:
        with pytest.raises(NotFound):
            await save_turn(tx, stranger, turn_id)
    async with db.tenant(other) as tx:
        with pytest.raises(NotFound):
            await read_scenario(tx, saved.id)
        assert await scenarios_to_play(tx) == []

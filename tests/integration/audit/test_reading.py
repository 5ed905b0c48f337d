"""The log as its ceo takes it home, and what the page says of its chain."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import system_clock
from core.system_events import record_event
from orchestrator_service.audit import export
from orchestrator_service.audit.chainer import Chainer
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.digests import Head
from tests.integration.audit.chained import KEYS
from tests.support.api import Api
from tests.support.factories import make_tenant


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


async def test_the_ceo_exports_what_the_filters_want(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BATCH", 7)
    tenant, other = await make_tenant(api.db), await make_tenant(api.db, "Other")
    boss, ana = await api.member(tenant, "ceo"), await api.member(tenant, "secretary")
    for each in (tenant, other):
        async with api.db.tenant(each) as tx:
            for number in range(20):
                await record_event(tx, "test.read", user_id=ana.user_id, subject=f"=cmd|{each}:{number}")
    async with api.browser(await api.session(boss)) as ceo, api.browser(await api.session(ana)) as secretary:
        assert (await secretary.get("/admin/core/audit/logs.csv")).status_code == 403
        answer = await ceo.get("/admin/core/audit/logs.csv", params={"action": "test.read"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["content-disposition"]
        rows = rows_of(answer.text)
        assert [row["subject"] for row in rows] == [f"'=cmd|{tenant}:{number}" for number in reversed(range(20))]
        assert rows_of((await ceo.get("/admin/core/audit/logs.csv", params={"severity": "critical"})).text) == []
        lines = (await ceo.get("/admin/core/audit/logs", params={"action": "audit.export"})).json()["items"]
        assert [(line["user_id"], line["detail"]["status"]) for line in lines] == [
            (boss.user_id, 200), (boss.user_id, 200), (ana.user_id, 403),
        ]  # fmt: skip


async def test_exports_are_limited(api: Api) -> None:
    boss = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(boss)) as ceo:
        answers = [(await ceo.get("/admin/core/audit/logs.csv")).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


async def test_the_chain_says_until_when_it_is_whole(api: Api, tmp_path: Path) -> None:
    boss = await api.member(await make_tenant(api.db), "ceo")
    place = Checkpoints(tmp_path / "heads")
    chainer = Chainer(api.db, KEYS, place, system_clock)
    async with api.browser(await api.session(boss)) as ceo:

        async def asked() -> tuple[bool | None, bool, bool]:
            """Whether it is intact, noted, and has taken in all that happened before it was asked."""
            before = system_clock()
            state = (await ceo.get("/admin/core/audit/chain")).json()
            return (
                state["intact"],
                state["checkpointed_at"] is not None,
                datetime.fromisoformat(state["chained_until"]) >= before,
            )

        assert await asked() == (None, False, False)
        await chainer.round()
        assert await asked() == (None, False, True)
        await chainer.round()
        chainer.note_heads()
        api.app.state.checkpoints = place
        assert await asked() == (True, True, True)
        place.append({boss.tenant_id: Head(10_000, b"x" * 32)}, system_clock())  # what a cut tail leaves behind
        assert (await asked())[:2] == (False, True)

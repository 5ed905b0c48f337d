"""One change after another of a company, each by a door drawn by lot: routes, a tool, an assistant, files, jobs."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from core.clock import system_clock
from core.json_types import JsonObject
from core.secret import Secret
from core.standard_webhooks import signed
from orchestrator_service.api_keys.issue import OFFERED
from tests.integration.whatsapp.webhooks import text_event
from tests.isolation.stories import workday
from tests.isolation.test_keys import make_key
from tests.isolation.walking import Walk
from tests.support.api import Api, Member
from tests.support.assistant import Assistant
from tests.support.factories import make_seller

MOST_LEADS: Final = 60  # so that one page shows them all
FEWEST_LEADS: Final = 6
MOST_CLIENTS: Final = 20
HELPERS: Final = 4  # each key may ask so often in a minute


@dataclass
class Changing:
    """`one` makes a change and does every job that comes of it; `done` counts by door."""

    walking: Walk
    ceo: Member
    closer: Member
    other: Member
    helpers: list[Assistant]
    hook: JsonObject
    sellers: list[int]
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter[str])

    @classmethod
    async def begin(cls, walking: Walk, *, seed: int) -> Changing:
        """A company with two closers, a landing page's hook, and a few leads of each."""
        api, tenant = walking.api, walking.tenant
        closer, other = await api.member(tenant, "closer"), await api.member(tenant, "closer", name="Beto Paz")
        keys = [await make_key(api, walking.ceo.principal, OFFERED) for _ in range(HELPERS)]
        asked = await walking.browser.post("/admin/core/lead-sources", json={"kind": "hook", "name": "Landing"})
        made = cls(
            walking,
            walking.ceo,
            closer,
            other,
            [Assistant(api, key) for key in keys],
            asked.json(),
            [walking.other, await make_seller(api.db, tenant, "Closer", user_id=int(closer.user_id))],
            random.Random(seed),  # noqa: S311 - a lot
        )
        for _ in range(FEWEST_LEADS):
            await made._create()
        await made._drain()
        made.done.clear()
        return made

    @property
    def api(self) -> Api:
        return self.walking.api

    async def one(self, name: str | None = None) -> None:
        """The next change, by that door or by any but the one that forgets people."""
        if name is None:
            leads = len(await self._leads())
            shut = GROWING if leads >= MOST_LEADS else SHRINKING if leads <= FEWEST_LEADS else frozenset[str]()
            name = self.chance.choice([door for door in DOORS if door not in shut | {FORGETTING}])
        await DOORS[name](self)
        await self._drain()
        self.done[name] += 1

    async def _drain(self) -> None:
        self.walking.worker.done.clear()
        while (job := await self.walking.worker.next()) is not None:
            await self.walking.worker.do(job)

    async def _ask(self, method: str, path: str, body: object = None, *, fine: tuple[int, ...] = ()) -> Any:
        """A request of the ceo's, from an address of its own: no limit is what is tried here."""
        cookie = next(iter(self.walking.browser.cookies.values()))
        async with self.api.browser(cookie) as browser:
            answer = await browser.request(method, path, json=body)
        assert answer.status_code < 300 or answer.status_code in fine, (method, path, answer.text)
        return answer.json() if answer.content else {}

    async def _leads(self) -> list[JsonObject]:
        return (await self._ask("GET", "/crm/leads?limit=100"))["items"]

    async def _lead(self) -> int:
        return int(str(self.chance.choice(await self._leads())["id"]))

    def _owner(self) -> int | None:
        return self.chance.choice((int(self.closer.user_id), int(self.closer.user_id), int(self.other.user_id), None))

    def _fresh(self) -> JsonObject:
        word = uuid4().hex
        return {"full_name": f"Lead {word[:8]}", "email": f"{word}@example.com"}

    async def _create(self) -> None:
        lead = await self._ask("POST", "/crm/leads", self._fresh())
        await self._ask("PATCH", f"/crm/leads/{lead['id']}", {"owner_user_id": self._owner()})

    async def _edit(self) -> None:
        name = self.chance.choice(("company", "full_name"))
        await self._ask("PATCH", f"/crm/leads/{await self._lead()}", {name: uuid4().hex[:12]})

    async def _assign(self) -> None:
        await self._ask("PATCH", f"/crm/leads/{await self._lead()}", {"owner_user_id": self._owner()})

    async def _stage(self) -> None:
        stage = self.chance.choice(("contacted", "new"))
        await self._ask("PATCH", f"/crm/leads/{await self._lead()}", {"stage_key": stage})

    async def _delete(self) -> None:
        await self._ask("DELETE", f"/crm/leads/{await self._lead()}")

    async def _restore(self) -> None:
        gone = (await self._ask("GET", "/crm/leads?limit=100&deleted=true"))["items"]
        if gone:
            await self._ask("POST", f"/crm/leads/{self.chance.choice(gone)['id']}/restore", fine=(404, 409, 410))

    async def _note(self) -> None:
        await self._ask("POST", f"/crm/leads/{await self._lead()}/notes", {"text": "Llamó"})

    async def _task(self) -> None:
        due = (system_clock() + timedelta(days=1)).isoformat()
        await self._ask("POST", f"/crm/leads/{await self._lead()}/tasks", {"title": "Llamar", "due_at": due})

    async def _tag(self) -> None:
        made = await self._ask("POST", "/crm/tags", {"name": f"T{self.chance.randrange(5)}"}, fine=(409,))
        tags = (await self._ask("GET", "/crm/tags"))["items"] if "id" not in made else [made]
        await self._ask("PUT", f"/crm/leads/{await self._lead()}/tags/{tags[0]['id']}")

    async def _bulk(self) -> None:
        leads = [lead["id"] for lead in await self._leads()]
        some = self.chance.sample(leads, min(5, len(leads)))
        await self._ask("POST", "/crm/leads/bulk", {"lead_ids": some, "owner_user_id": self._owner()})

    async def _merge(self) -> None:
        leads = await self._leads()
        one, two = self.chance.sample([lead["id"] for lead in leads], 2)
        await self._ask("POST", "/crm/merges", {"survivor_id": one, "absorbed": [two]})

    async def _file(self) -> None:
        known = self.chance.choice(await self._leads())
        rows = [self._fresh(), {"full_name": known["full_name"] or "Ana", "email": known["email"] or "a@example.com"}]
        csv = "name,email,company\n" + "".join(f"{row['full_name']},{row['email']},Acme\n" for row in rows)
        cookie = next(iter(self.walking.browser.cookies.values()))
        async with self.api.browser(cookie) as browser:
            one = (await browser.post("/crm/imports", content=csv.encode(), headers={"X-File-Name": "a.csv"})).json()
        options = {"country": "AR", "existing": "overwrite", "owner_user_id": self._owner()}
        for verb, body in (("check", {"columns": one["guess"], "options": options}), ("run", None)):
            await self._ask("POST", f"/crm/imports/{one['id']}/{verb}", body)
            await self._drain()
        if self.chance.random() < 0.5:
            await self._ask("POST", f"/crm/imports/{one['id']}/undo")

    async def _sale(self) -> None:
        lead = await self._lead()
        line = {"kind": "income", "amount": "10.00", "currency": "USD", "method": "cash", "lead_id": lead,
            "client_token": str(uuid4())}  # fmt: skip
        await self._ask("POST", "/crm/transactions", line)

    async def _client(self) -> None:
        """One who was no lead comes, or one changes hands."""
        known = (await self._ask("GET", "/crm/clients"))["items"]
        if len(known) < MOST_CLIENTS:
            await self._ask(
                "POST", "/crm/clients", {"full_name": f"C {uuid4().hex[:8]}", "owner_user_id": self._owner()}
            )
        else:
            body = {"owner_user_id": self._owner(), "company": uuid4().hex[:8]}
            await self._ask("PATCH", f"/crm/clients/{self.chance.choice(known)['id']}", body)

    async def _meeting(self) -> None:
        starts = workday(self.chance.randrange(1, 25)) + timedelta(minutes=30 * self.chance.randrange(-4, 6))
        wanted = {"lead_id": await self._lead(), "seller_id": self.chance.choice(self.sellers), "force": True,
            "starts_at": starts.isoformat(), "ends_at": (starts + timedelta(minutes=30)).isoformat()}  # fmt: skip
        made = await self._ask("POST", "/agenda/events", wanted, fine=(409,))
        if "id" in made and self.chance.random() < 0.3:
            await self._ask("POST", f"/agenda/events/{made['id']}/cancel")

    async def _message(self) -> None:
        """Somebody writes, old or new, and the agent answers."""
        await self._says("Hola, quiero información", f"+5491155{self.chance.randrange(12):06d}")

    async def _says(self, text: str, phone: str) -> None:
        company = self.walking.company
        company.said += 1
        event = text_event(text, sender=phone, number=company.said)
        assert (await company.receiver.post(event)).status_code == 200

    async def _landing(self) -> None:
        body = json.dumps({"name": "Nora", "phone": f"+54911555{self.chance.randrange(20):05d}"})
        source = self.hook["source"]
        assert isinstance(source, dict)
        headers = signed((Secret(str(self.hook["secret"])),), f"msg_{uuid4().hex}", system_clock(), body)
        async with self.api.browser() as system:
            answer = await system.post(urlsplit(str(source["url"])).path, content=body.encode(), headers=headers)
        assert answer.status_code == 200, answer.text

    async def _assistant(self) -> None:
        lead = await self._lead()
        await self.chance.choice(self.helpers).done("update_lead", lead_id=lead, company=uuid4().hex[:12])

    async def _tool(self) -> None:
        """The agent of a conversation writes down what it has learnt."""
        company = self.walking.company
        await self._says("Busco un sistema de turnos", f"+549115501{self.done['tool']:04d}")
        toolbox = await company.toolbox(conversation_id=await self.walking.value("newest_conversation"))
        await toolbox.call("update_lead", {"company": uuid4().hex[:12]})
        await company.run("finish_turns")

    async def _erase(self) -> None:
        lead = await self._lead()
        shown = await self._ask("GET", f"/crm/privacy/person?lead_id={lead}")
        await self._ask("POST", "/crm/privacy/erasures", {"lead_id": lead, "confirm": shown["confirm"]})


DOORS: Final[dict[str, Callable[[Changing], Awaitable[None]]]] = {
    name: getattr(Changing, f"_{name}")
    for name in (
        "create", "edit", "assign", "stage", "delete", "restore", "note", "task", "tag", "bulk", "merge", "file",
        "sale", "client", "meeting", "message", "landing", "assistant", "tool", "erase",
    )
}  # fmt: skip
GROWING: Final = frozenset({"create", "restore", "file", "message", "landing", "tool"})
SHRINKING: Final = frozenset({"delete", "merge"})
FORGETTING: Final = "erase"

"""Two companies with every kind of record, whose names say whose they are; and everybody who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from core.contracts import IndexDocument
from core.database import TenantTransaction
from core.egress_rules import EgressPolicy
from core.json_types import JsonObject
from core.paging import LARGEST_ID
from core.principal import ROLES, Principal, Role, TenantId, UserId
from core.statements import sibling_statements
from orchestrator_service.accounting.models import NewRule, NewTransaction
from orchestrator_service.accounting.receipts import add_receipt
from orchestrator_service.accounting.record import record_transaction
from orchestrator_service.accounting.rules import add_rule
from orchestrator_service.accounts.models import NewInvitation
from orchestrator_service.accounts.repository import add_invitation, note_forgotten
from orchestrator_service.alerts.repository import store_subscription
from orchestrator_service.api_keys.issue import create_key
from orchestrator_service.api_keys.models import NewApiKey
from orchestrator_service.auth.models import UserStatus
from orchestrator_service.canned.models import CannedFields
from orchestrator_service.canned.repository import add_canned
from orchestrator_service.chat.repository import create_turn, set_turn_state
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import NewClient
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.evaluation.repository import begin_run, end_run, keep
from orchestrator_service.imports.judging import Judged
from orchestrator_service.imports.models import Problem
from orchestrator_service.imports.repository import add_rows, note_pass
from orchestrator_service.imports.table import open_table
from orchestrator_service.imports.upload import take_file
from orchestrator_service.knowledge.index import KnowledgeTools, index_document
from orchestrator_service.knowledge.keep import add_document, text_source
from orchestrator_service.knowledge.models import Kind
from orchestrator_service.knowledge.questions import list_questions, record_question
from orchestrator_service.lead_sources.manage import add_source
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify
from orchestrator_service.views.repository import add_view
from orchestrator_service.webhooks.manage import add_endpoint
from orchestrator_service.webhooks.repository import EndpointFields
from tests.isolation.rows import ACTORS, NOTHING, Actor, Ids, State
from tests.support.api import Api, Member, fresh_email
from tests.support.factories import DIRECTORY, make_channel, make_conversation, make_event, make_seller, make_tenant
from tests.support.files import stored_file

SQL = sibling_statements(__file__)
_KINDS: tuple[Kind, ...] = ("text", "faq")
NIGHT = datetime(2026, 2, 1, 12, tzinfo=UTC)


@dataclass
class Companies:
    """`members` are of the first company, one for each actor but nobody; `ids` the records in each state."""

    api: Api
    tenant: TenantId
    members: dict[Actor, Member]
    own: dict[Actor, Ids]
    others: dict[State, Ids]
    colleague: Member
    foreigner: Member

    async def ids(self, actor: Actor, state: State) -> Ids:
        """The records of a state, with a living session to end where somebody has one."""
        if state in {"plain", "own"}:
            return await self._with_session(self.own[actor], self.members.get(actor))
        owner = {"colleague": self.colleague, "foreign": self.foreigner}.get(state)
        return await self._with_session(self.others[state], owner)

    async def cookie(self, actor: Actor) -> str | None:
        """A fresh session's cookie; the session's row is there for pending and suspended users too."""
        member = self.members.get(actor)
        return await self.api.session(member) if member else None

    async def _with_session(self, ids: Ids, owner: Member | None) -> Ids:
        if owner is None:
            return ids
        token = await self.api.session(owner)
        session = self.api.door.tokens.read(token, now=self.api.clock()).session_id
        return replace(ids, session=str(session))


async def make_companies(api: Api) -> Companies:
    """Our company and the foreign one."""
    ours, theirs = await make_tenant(api.db, "Ours"), await make_tenant(api.db, "FOREIGN-company")
    channels = {tenant: (await make_channel(api.db, tenant)).channel_id for tenant in (ours, theirs)}
    members: dict[Actor, Member] = {}
    own: dict[Actor, Ids] = {"anonymous": NOTHING}
    for actor in ACTORS:
        if actor != "anonymous":
            role, status = _standing(actor)
            members[actor] = await api.member(ours, role, status=status, name=f"OWN-{actor}")
            own[actor] = await _records(api, ours, channels[ours], f"OWN-{actor}", members[actor])
    colleague = await api.member(ours, "closer", name="COLLEAGUE-user")
    foreigner = await api.member(theirs, "ceo", name="FOREIGN-user")
    others: dict[State, Ids] = {
        "colleague": await _records(api, ours, channels[ours], "COLLEAGUE", colleague),
        "unassigned": await _records(api, ours, channels[ours], "UNASSIGNED", None),
        "foreign": await _records(api, theirs, channels[theirs], "FOREIGN", foreigner),
        "missing": NOTHING,
    }
    return Companies(api, ours, members, own, others, colleague, foreigner)


def _standing(actor: Actor) -> tuple[Role, UserStatus]:
    """Who is kept out would otherwise see everything: a ceo."""
    for role in ROLES:
        if role == actor:
            return role, "active"
    return "ceo", "pending" if actor == "pending" else "suspended"


async def _records(api: Api, tenant: TenantId, channel: int, name: str, owner: Member | None) -> Ids:
    ids = await _records_of(api, tenant, channel, name, owner)
    kept = await _kept_on(api, tenant, name, ids)
    return replace(kept, **await _around(api, tenant, name, ids, owner.user_id if owner else None))


async def _around(api: Api, tenant: TenantId, name: str, ids: Ids, owner_id: int | None) -> dict[str, int]:
    """What stands around leads: money, people who are one, imports, other systems and their keys."""
    ceo = Principal(tenant, UserId(ids.user), "ceo")
    async with api.db.tenant(tenant) as tx:
        people = await _people(tx, name, owner_id)
        closer = Principal(tenant, UserId(ids.spare_user), "closer")
        issued = await create_key(tx, DIRECTORY, closer, _key_named(name), now=NIGHT)
        imported = await _import(tx, name, ceo)
    money = await _money(api, ceo, name, ids.client, ids.seller)
    hooks = await _hooks(api, tenant, ceo.user_id, name)
    return {**people, **money, **hooks, "api_key": issued.key.id, "imported": imported}


async def _records_of(api: Api, tenant: TenantId, channel: int, name: str, owner: Member | None) -> Ids:
    owner_id = owner.user_id if owner else None
    talk = await make_conversation(api.db, tenant, channel, name=f"{name}-lead", owner_user_id=owner_id)
    spare = await make_conversation(api.db, tenant, channel, name=f"{name}-spare", owner_user_id=owner_id)
    seller = await make_seller(api.db, tenant, f"{name}-seller", user_id=owner_id)
    event = await make_event(api.db, tenant, seller, NIGHT, NIGHT + timedelta(hours=1), lead_id=talk.lead_id)
    whose = "FOREIGN" if name == "FOREIGN" else "SPARE"
    spare_user = await api.member(tenant, "closer", name=f"{whose}-user")
    forgetful = await api.member(tenant, "closer", name=f"{whose}-forgetful")
    notice = Notice("failure", lead_id=talk.lead_id, conversation_id=talk.conversation_id)
    async with api.db.tenant(tenant) as tx:
        await notify(tx, notice, owners=(owner_id or spare_user.user_id,))
        told = await tx.value(SQL["notification_of"], int, user_id=owner_id or spare_user.user_id)
        client_id = await create_client(tx, _client(name, talk.lead_id, owner_id))
        await note_forgotten(tx, forgetful.user_id, NIGHT)
        wanted = NewInvitation(fresh_email(), f"{whose}-invited", "closer")
        invitation_id = await add_invitation(tx, wanted, spare_user.user_id, NIGHT)
        template = await tx.value(SQL["add_template"], int, channel_id=channel, name=f"{whose}-template-{talk.lead_id}")
        broadcasts = await _broadcasts(tx, name, template, owner_id or spare_user.user_id)
        view_id = await add_view(tx, owner.user_id if owner else spare_user.user_id, f"{name}-view", {})
        days = await _calendar(tx, seller, name)
        turn_id, message_id = await _said(tx, name, talk.conversation_id, spare.conversation_id)
        canned = await _reply(tx, name, UserId(owner.user_id if owner else spare_user.user_id))
        agent = await _agent(tx, name, talk.conversation_id, owner_id or spare_user.user_id)
    assert client_id is not None
    assert view_id is not None
    assert template is not None
    assert told is not None or name.startswith("OWN-"), "whoever may not come in is told nothing"
    media_id = await stored_file(api, tenant, talk.conversation_id, f"{name}-file".encode(), at=NIGHT)
    return Ids(
        user=owner_id or spare_user.user_id,
        spare_user=spare_user.user_id,
        lead=talk.lead_id,
        spare_lead=spare.lead_id,
        client=client_id,
        conversation=talk.conversation_id,
        spare_conversation=spare.conversation_id,
        seller=seller,
        event=event,
        view=view_id,
        notification=told or NOTHING.notification,
        invitation=invitation_id,
        forgetful=forgetful.user_id,
        template=template,
        broadcast=broadcasts[0],
        spare_broadcast=broadcasts[1],
        session=str(uuid4()),
        channel=channel,
        media=media_id,
        turn=turn_id,
        day_off=days[0],
        spare_day_off=days[1],
        device=await _device(api, tenant, owner_id or spare_user.user_id, name),
        canned=canned,
        message=message_id,
        **await _knowledge(api, tenant, talk.conversation_id, owner_id or spare_user.user_id, name),
        **agent,
    )


async def _people(tx: TenantTransaction, name: str, owner_id: int | None) -> dict[str, int]:
    """A client that may be put away, two leads that are one person with the pair that says so, and an undone merge."""
    client = await create_client(tx, _client(f"{name}-spare", None, owner_id))
    leads = [await tx.value(SQL["add_lead"], int, name=f"{name}-twin", owner_user_id=owner_id) for _ in range(4)]
    found = [lead for lead in leads if lead is not None]
    pair = await tx.value(SQL["add_pair"], int, low_id=found[2], high_id=found[3])
    merge = await tx.value(SQL["add_merge"], int, survivor_id=found[2], absorbed=[found[3]])
    assert client is not None
    assert pair is not None
    assert merge is not None
    return {"spare_client": client, "survivor": found[0], "twin": found[1], "pair": pair, "merge": merge}


async def _knowledge(api: Api, tenant: TenantId, conversation: int, user_id: UserId, name: str) -> dict[str, int]:
    """A text and a FAQ that can be cited, and a question that neither answers."""
    principal = Principal(tenant, user_id, "ceo")
    made: dict[str, int] = {}
    async with api.db.tenant(tenant) as tx:
        for kind in _KINDS:
            source = text_source(kind, f"{name}-{kind}-{conversation}", f"{name}-knowledge {uuid4().hex}")
            made["document" if kind == "text" else kind] = (await add_document(tx, principal, source)).id
        await record_question(tx, conversation, f"{name}-question?", [])
        made["question"] = (await list_questions(tx, "open", before_id=LARGEST_ID, most=1))[0].id
    for document_id in made["document"], made["faq"]:
        store = KnowledgeTools(api.db, api.app.state.media, api.door.keyring, api.door.clock)
        await index_document(store, IndexDocument(tenant, document_id, 1))
    return made


async def _money(api: Api, principal: Principal, name: str, client: int | None, seller: int) -> dict[str, int]:
    """A paid income with a receipt, a part of it refunded, and the rule that earned on it: their ids."""
    tenant = principal.tenant_id
    receipt = await api.app.state.media.put(tenant, f"{name}-receipt".encode())
    rule = NewRule(seller, Decimal(10), None, None, NIGHT.date() - timedelta(days=1), None)
    async with api.db.tenant(tenant) as tx:
        made = await add_rule(tx, principal, rule)
        income = await record_transaction(tx, principal, _paid(name, client, seller), now=NIGHT)
        given_back = replace(_paid(name, None, None), kind="refund", amount=Decimal(10), income_id=income.id)
        await record_transaction(tx, principal, given_back, now=NIGHT)
        await add_receipt(tx, principal, income.id, receipt, media_type="image/png", filename=f"{name}.png")
    return {"transaction": income.id, "rule": made.id}


def _paid(name: str, client: int | None, seller: int | None) -> NewTransaction:
    return NewTransaction(
        kind="income",
        amount=Decimal(100),
        currency="USD",
        method="cash",
        client_id=client,
        lead_id=None,
        seller_id=seller,
        income_id=None,
        category=None,
        description=f"{name}-money",
        occurred_at=NIGHT,
        paid=True,
        token=uuid4(),
    )


async def _hooks(api: Api, tenant: TenantId, user_id: UserId, name: str) -> dict[str, int]:
    """Two endpoints, a delivery that failed for good, and a system that sends leads: their ids."""
    principal, door = Principal(tenant, user_id, "ceo"), api.door
    fields = EndpointFields(f"{name}-endpoint", "https://hooks.example.com/x", ["NEW_LEAD"])
    async with api.db.tenant(tenant) as tx:
        endpoints = [await add_endpoint(tx, door.keyring, EgressPolicy(), principal, fields) for _ in range(2)]
        ids = [endpoint.id for endpoint, _ in endpoints]
        delivery = await tx.value(SQL["add_dead_delivery"], int, endpoint_id=ids[0], name=f"{name}-delivery")
        source, _ = await add_source(tx, door.directory, door.keyring, principal, "hook", f"{name}-source")
    assert delivery is not None
    return {"endpoint": ids[0], "spare_endpoint": ids[1], "delivery": delivery, "source": source.id}


async def _broadcasts(tx: TenantTransaction, name: str, template: int | None, author: int) -> list[int]:
    """Two broadcasts that are held up: their ids."""
    made = {"name": f"{name}-broadcast", "template_id": template, "created_by": author}
    broadcasts = [await tx.value(SQL["add_broadcast"], int, **made) for _ in range(2)]
    return [each for each in broadcasts if each is not None]


async def _agent(tx: TenantTransaction, name: str, conversation: int, user_id: int) -> dict[str, int]:
    """A published version of the agent, a conversation in which somebody tried it, and turns kept as tests."""
    version = await tx.value(SQL["add_version"], int, name=f"{name}-agent")
    run = await tx.value(SQL["add_run"], int, user_id=user_id, text=f"{name}-trial")
    kept = await _kept(tx, name, conversation, user_id)
    return {"version": version or NOTHING.version, "run": run or NOTHING.run, **kept}


async def _device(api: Api, tenant: TenantId, user_id: UserId, name: str) -> int:
    """A browser of somebody's that takes push messages."""
    token = await api.session(Member(tenant, user_id, "closer", ""))
    session = api.door.tokens.read(token, now=api.clock()).session_id
    async with api.db.tenant(tenant) as tx:
        return await store_subscription(tx, user_id, session, uuid4().hex * 2, f"{name}-browser")


async def _calendar(tx: TenantTransaction, seller: int, name: str) -> list[int]:
    """A connected calendar with an appointment in it, and two days off: their ids."""
    await tx.run(SQL["add_calendar"], seller_id=seller)
    await tx.run(SQL["add_mirrored"], seller_id=seller, title=f"{name}-appointment", starts=NIGHT)
    days = [await tx.value(SQL["add_day_off"], int, seller_id=seller, note=f"{name}-day") for _ in range(2)]
    return [day for day in days if day is not None]


def _key_named(name: str) -> NewApiKey:
    """A key for reading leads."""
    return NewApiKey(f"{name}-key", ("leads.read",), None, None)


def _client(name: str, lead_id: int | None, owner_id: int | None) -> NewClient:
    return NewClient(
        lead_id=lead_id,
        full_name=f"{name}-client",
        phone=None,
        email=f"{name}@example.com",
        owner_user_id=owner_id,
        created_at=NIGHT,
    )


async def _reply(tx: TenantTransaction, name: str, keeper: UserId) -> int:
    """A canned reply of somebody's: its id."""
    canned = await add_canned(tx, CannedFields(f"{name}-reply", uuid4().hex[:30], "Hello", None, keeper), keeper)
    assert canned is not None
    return canned.id


async def _kept(tx: TenantTransaction, name: str, conversation: int, keeper: int) -> dict[str, int]:
    """Two turns kept as tests, and a run of them that is over: their ids, by the names of `Ids`."""
    body: JsonObject = {"title": f"{name}-test", "now": "2026-11-23 10:00", "steps": [{"says": "Hola"}]}
    kept: list[int] = []
    for _ in range(2):
        turn = await create_turn(tx, conversation, first=1, last=1, brain="demo")
        await set_turn_state(tx, turn.id, "done")
        scenario = {**body, "end": {"reply": f"{name}-reply"}}
        made = await keep(tx, turn_id=turn.id, title=f"{name}-test", brain="demo", body=scenario, created_by=keeper)
        kept.append(made.id)
    run = await begin_run(tx, keeper)
    assert run is not None
    ended = {"state": "failed", "scenarios": 0, "passed": 0, "problem": f"{name}-problem"}
    await end_run(tx, run, seconds=Decimal(1), results=list[JsonObject](), **ended)
    return {"scenario": kept[0], "spare_scenario": kept[1], "evaluation": run}


async def _import(tx: TenantTransaction, name: str, importer: Principal) -> int:
    """An import that was undone, with a row that it did not take in."""
    content = f"name\n{name}-row\n".encode()
    taken = await take_file(tx, importer, open_table(content), f"{name}-file.csv")
    wrong = Judged({}, None, None, [Problem("nobody")])
    await add_rows(tx, taken.id, [(taken.first_row, [f"{name}-row"], wrong)])
    await note_pass(tx, replace(taken, state="undone"), finished=True)
    return taken.id


async def _kept_on(api: Api, tenant: TenantId, name: str, ids: Ids) -> Ids:
    """What a team keeps on a lead: tags, a field, notes, a task; a lead to delete; and an edit that can be undone."""
    made: dict[str, int | None] = {}
    company = "FOREIGN" if name == "FOREIGN" else "SPARE"  # its tags and fields are known to all readers
    photo = await api.app.state.media.put(tenant, f"{name}-photo".encode())
    async with api.db.tenant(tenant) as tx:
        for key in ("tag", "spare_tag"):
            made[key] = await tx.value(SQL["add_tag"], int, name=f"{company}-tag-{uuid4().hex[:8]}")
        made["field"] = await tx.value(SQL["add_field"], int, key=f"f{uuid4().hex[:20]}", label=f"{company}-field")
        made["reason"] = await tx.value(SQL["add_reason"], int, name=f"{company}-reason-{uuid4().hex[:8]}")
        await tx.run(SQL["add_photo"], seller_id=ids.seller, storage_key=photo.key)
        for key in ("note", "spare_note"):
            made[key] = await tx.value(SQL["add_note"], int, lead_id=ids.lead, author=ids.user, body=f"{name}-note")
        made["task"] = await tx.value(SQL["add_task"], int, lead_id=ids.lead, title=f"{name}-task")
        made["doomed"] = await tx.value(SQL["add_doomed"], int, name=f"{name}-doomed", like_lead=ids.lead)
        bulk = str(uuid4())
        await tx.run(SQL["add_bulk"], bulk_id=bulk, made_by=ids.user)
    return replace(ids, bulk=bulk, **{key: each for key, each in made.items() if each is not None})


async def _said(tx: TenantTransaction, name: str, *conversations: int) -> tuple[int, int]:
    """A message in each conversation, and the agent's turn in the first: the turn's id, and the first message's."""
    said: list[int] = []
    for conversation in conversations:
        appended = await append_chat_message(
            tx,
            NewMessage(
                conversation_id=conversation,
                direction="in",
                author="customer",
                body=f"{name}-message",
                origin_key=uuid4().hex,
                status="received",
                at=NIGHT,
            ),
        )
        said.append(appended.id)
    turn = await create_turn(tx, conversations[0], first=1, last=1, brain=f"{name}-brain")
    await set_turn_state(tx, turn.id, "done")
    return turn.id, said[0]

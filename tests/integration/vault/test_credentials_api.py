"""`/admin/core/credentials`: written, masked, never read back; each company its own (PRODUCT §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import httpx
import pytest

from core.channels import read_credential, read_webhook_secrets, store_credential
from core.credential_names import MODEL_KEY, OF_COMPANY, api_key_name, webhook_secrets_name
from core.credentials import VaultError
from core.json_types import JsonObject
from core.principal import TenantId
from core.secret import Secret
from core.statements import sibling_statements
from tests.support.api import Api
from tests.support.factories import KEYRING, make_channel, make_tenant

SQL = sibling_statements(__file__)
PATH = "/admin/core/credentials"
VALUE = "sk-live-DoNotShowMe-abcd"


@dataclass(frozen=True)
class Sealed:
    name: str
    sealed: str


@dataclass(frozen=True)
class Event:
    action: str
    severity: str
    user_id: int | None
    subject: str | None
    detail: JsonObject


async def ceo(api: Api, tenant: TenantId) -> httpx.AsyncClient:
    return api.browser(await api.session(await api.member(tenant, "ceo")))


async def events(api: Api, tenant: TenantId) -> list[Event]:
    async with api.db.tenant(tenant) as tx:
        return await tx.all(SQL["events"], Event)


async def test_a_key_names_who_wrote_it_last_and_nobody_where_the_command_line_did(api: Api) -> None:
    tenant = await make_tenant(api.db)
    members = [await api.member(tenant, "ceo") for _ in range(2)]
    stranger = await ceo(api, await make_tenant(api.db, "Other"))

    async def writer(browser: httpx.AsyncClient) -> int | None:
        items = (await browser.get(PATH)).json()["items"]
        return next(item["updated_by"] for item in items if item["name"] == MODEL_KEY)

    async with stranger:
        await stranger.put(f"{PATH}/{MODEL_KEY}", json={"value": VALUE})
    for member in members:
        async with api.browser(await api.session(member)) as browser:
            assert (await browser.put(f"{PATH}/{MODEL_KEY}", json={"value": VALUE})).json()[
                "updated_by"
            ] == member.user_id
            assert await writer(browser) == member.user_id
    async with api.db.tenant(tenant) as tx:
        await store_credential(tx, KEYRING, MODEL_KEY, Secret(VALUE))
    async with await ceo(api, tenant) as browser:
        assert await writer(browser) is None


@pytest.mark.parametrize(
    ("mode", "simulated"), [("live", ["llm"]), ("demo", ["ycloud", "meta", "google", "llm", "whisper"])]
)
async def test_it_says_for_which_providers_a_demo_answers(
    api: Api, mode: Literal["live", "demo"], simulated: list[str]
) -> None:
    async with await ceo(api, await make_tenant(api.db, mode=mode)) as browser:
        assert (await browser.get(PATH)).json()["simulated"] == simulated


async def test_a_key_is_sealed_shown_masked_and_read_by_the_services(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo(api, tenant) as browser:
        put = await browser.put(f"{PATH}/{MODEL_KEY}", json={"value": f"  {VALUE}\n"})
        listed = await browser.get(PATH)
    assert put.status_code == 200
    assert (put.json()["masks"], put.json()["provider"], put.json()["shape"]) == (["••••abcd"], "llm", "line")
    shown = {item["name"]: item for item in listed.json()["items"]}
    assert set(shown) == set(OF_COMPANY)
    assert shown[MODEL_KEY] == put.json()
    assert shown["whisper:api_key"]["masks"] == []
    assert VALUE not in put.text + listed.text
    async with api.db.tenant(tenant) as tx:
        assert await read_credential(tx, KEYRING, MODEL_KEY) == Secret(VALUE)
        (row,) = await tx.all(SQL["sealed"], Sealed)
    assert row.sealed.startswith("v2.test.")
    told = await events(api, tenant)
    assert [event.action for event in told if event.action != "credentials.list"] == [
        "credentials.set",
        "credentials.write",
    ]
    assert {event.subject for event in told if event.action != "credentials.list"} == {f"credential:{MODEL_KEY}"}
    assert VALUE not in repr(told)


async def test_the_secrets_of_a_number_may_be_several_while_one_is_rotated(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    name = webhook_secrets_name(channel)
    async with await ceo(api, tenant) as browser:
        put = await browser.put(f"{PATH}/{name}", json={"value": "whsec_new_secret_2222\nwhsec_old_secret_1111"})
    assert put.json()["masks"] == ["••••2222", "••••1111"]
    assert put.json()["number"]["id"] == channel
    async with api.db.tenant(tenant) as tx:
        assert await read_webhook_secrets(tx, KEYRING, channel) == (
            Secret("whsec_new_secret_2222"),
            Secret("whsec_old_secret_1111"),
        )


async def test_a_key_file_shows_no_end(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo(api, tenant) as browser:
        text = '{\n "client_email": "a@b.example",\n "private_key": "-----BEGIN"\n}'
        put = await browser.put(f"{PATH}/google:service_account", json={"value": text})
    assert put.json()["masks"] == ["••••"]


async def test_a_key_is_forgotten_once(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo(api, tenant) as browser:
        await browser.put(f"{PATH}/{MODEL_KEY}", json={"value": VALUE})
        assert (await browser.delete(f"{PATH}/{MODEL_KEY}")).status_code == 204
        assert (await browser.delete(f"{PATH}/{MODEL_KEY}")).status_code == 404
    async with api.db.tenant(tenant) as tx:
        assert await read_credential(tx, KEYRING, MODEL_KEY) is None


async def test_another_companys_number_and_unknown_names_are_the_same_404(api: Api) -> None:
    ours, theirs = await make_tenant(api.db), await make_tenant(api.db)
    foreign = api_key_name((await make_channel(api.db, theirs)).channel_id)
    async with await ceo(api, ours) as browser:
        answers = [
            await browser.put(f"{PATH}/{name}", json={"value": VALUE})
            for name in (
                foreign,
                "channel:999999:api_key",
                "channel:1:other",
                "nothing",
                "auth:join_code",
                VALUE,
                VALUE * 9,
            )
        ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    async with api.db.tenant(theirs) as tx:
        assert await read_credential(tx, KEYRING, foreign) == Secret("api-key"), "theirs is as it was"
    assert VALUE not in repr(await events(api, ours)), "a key in the wrong place is not written down"


@pytest.mark.parametrize(
    "body",
    [
        {"value": ["sk-live-DoNotShowMe-abcd"]},
        {"value": {"sk-live-DoNotShowMe-abcd": 1}},
        {"sk-live-DoNotShowMe-abcd": "x"},
        {"value": "sk-live-DoNotShowMe-abcd" * 1000},
        ["sk-live-DoNotShowMe-abcd"],
        "sk-live-DoNotShowMe-abcd",
        {"value": "sk-live-DoNotShowMe-abcd\nsecond line"},
        {"value": "sk-live-DoNotShowMe-abcd with spaces"},
        {"value": "sk-live-DoNotShowMe-abcd\x00"},
        {"value": "sk-live-DoNotShowMe-ábcd"},
        {"value": "  "},
        {"value": ""},
    ],
)
async def test_a_refusal_does_not_repeat_what_was_sent(api: Api, body: object) -> None:
    tenant = await make_tenant(api.db)
    async with await ceo(api, tenant) as browser:
        answer = await browser.put(f"{PATH}/{MODEL_KEY}", json=body)
        broken = await browser.put(
            f"{PATH}/{MODEL_KEY}",
            content=b'{"value": "sk-live-DoNotShowMe',
            headers={"Content-Type": "application/json"},
        )
    assert answer.status_code in {400, 422}
    assert broken.status_code == 422
    assert "DoNotShowMe" not in answer.text + broken.text
    assert "DoNotShowMe" not in repr(await events(api, tenant))


async def test_a_value_moved_to_another_company_or_name_does_not_open(api: Api) -> None:
    ours, theirs = await make_tenant(api.db), await make_tenant(api.db)
    async with await ceo(api, theirs) as browser:
        await browser.put(f"{PATH}/{MODEL_KEY}", json={"value": VALUE})
    async with api.db.tenant(theirs) as tx:
        (stolen,) = await tx.all(SQL["sealed"], Sealed)
        await tx.run(SQL["put_sealed"], name="whisper:api_key", sealed=stolen.sealed)
        with pytest.raises(VaultError):
            await read_credential(tx, KEYRING, "whisper:api_key")
        assert await read_credential(tx, KEYRING, MODEL_KEY) == Secret(VALUE), "the control: in its place it opens"
    async with api.db.tenant(ours) as tx:
        await tx.run(SQL["put_sealed"], name=MODEL_KEY, sealed=stolen.sealed)
        with pytest.raises(VaultError):
            await read_credential(tx, KEYRING, MODEL_KEY)


async def test_a_value_that_does_not_open_is_a_critical_event_once_a_minute(api: Api) -> None:
    ours, theirs = await make_tenant(api.db), await make_tenant(api.db)
    async with await ceo(api, theirs) as their_ceo, await ceo(api, ours) as our_ceo:
        assert (await their_ceo.post("/admin/core/join-code")).status_code == 200
        async with api.db.tenant(theirs) as tx:
            (stolen,) = await tx.all(SQL["sealed"], Sealed)
        async with api.db.tenant(ours) as tx:
            await tx.run(SQL["put_sealed"], name="auth:join_code", sealed=stolen.sealed)
        for _ in range(3):
            assert (await our_ceo.get("/admin/core/join-code")).status_code == 503
    told = [event for event in await events(api, ours) if event.action == "vault.not_opened"]
    assert [(event.severity, event.subject, event.detail) for event in told] == [
        ("critical", "join_code", {"reason": "the value was altered, or belongs to another tenant or name"})
    ]

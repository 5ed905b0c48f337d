"""`/admin/core/settings`: saved on what was read, judged, told to every window, audited, each company its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx
import pytest

from core.channels import read_credential, store_credential
from core.credential_names import WHISPER_KEY
from core.json_types import JsonObject
from core.secret import Secret
from core.statements import sibling_statements
from tests.integration.api.scene import Scene, make_scene
from tests.integration.settings.saving import PATH, save
from tests.support.api import Api
from tests.support.factories import KEYRING

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Line:
    action: str
    user_id: int | None
    subject: str | None
    detail: JsonObject


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


async def lines(scene: Scene) -> list[Line]:
    async with scene.api.db.tenant(scene.tenant) as tx:
        return await tx.all(SQL["events"], Line)


async def test_what_is_saved_is_read_told_and_written_down_with_both_values(scene: Scene, api: Api) -> None:
    other = await make_scene(api)
    boss, browser = await scene.browser()
    _, elsewhere = await other.browser()
    async with browser, elsewhere:
        before = (await elsewhere.get(PATH)).json()
        saved = await save(browser, "company", name=" Clínica Norte ", zone="America/Montevideo", currency="UYU")
        assert saved.status_code == 200
        assert saved.json()["values"]["name"] == "Clínica Norte"
        assert (await browser.get(PATH)).json()["company"] == saved.json()
        tenant = (await browser.get("/auth/me")).json()["tenant"]
        assert (tenant["name"], tenant["zone"], tenant["currency"]) == ("Clínica Norte", "America/Montevideo", "UYU")
        assert (await elsewhere.get(PATH)).json() == before
    (line,) = await lines(scene)
    assert (line.user_id, line.subject) == (boss.user_id, "settings:company")
    assert line.detail == {
        "changes": {
            "name": {"was": "Acme", "became": "Clínica Norte"},
            "zone": {"was": "America/Argentina/Buenos_Aires", "became": "America/Montevideo"},
            "currency": {"was": "USD", "became": "UYU"},
        }
    }
    assert [event.payload for event in await scene.events("SETTINGS_UPDATED")] == [{"section": "company"}]
    assert await other.events("SETTINGS_UPDATED") == []
    assert await lines(other) == []


async def test_the_same_values_again_change_and_tell_nothing(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await save(browser, "agent")).status_code == 200
    assert await lines(scene) == []
    assert await scene.events("SETTINGS_UPDATED") == []


async def test_a_name_and_mode_of_the_agent_reach_every_window(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await save(browser, "agent", agent_name="Alma", agent_mode="draft")).status_code == 200
    (told,) = await scene.events("AGENT_UPDATED")
    assert told.payload == {"agent_name": "Alma", "agent_mode": "draft"}


async def test_who_saves_what_another_has_changed_is_told_the_present_values(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        seen = (await browser.get(PATH)).json()["meetings"]
        first = await save(browser, "meetings", meeting_minutes=45)
        second = await browser.put(
            f"{PATH}/meetings", json={**seen, "values": {**seen["values"], "meeting_minutes": 60}}
        )
        assert (second.status_code, second.json()["code"]) == (409, "settings_changed")
        assert second.json()["current"] == first.json()["values"]
        body = {"version": second.json()["version"], "values": {**seen["values"], "meeting_minutes": 60}}
        assert (await browser.put(f"{PATH}/meetings", json=body)).status_code == 200
        # Another section was not touched.
        assert (await save(browser, "company", language="pt")).status_code == 200
    assert len(await lines(scene)) == 3


async def test_of_two_who_save_at_once_one_is_told(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        seen = (await browser.get(PATH)).json()["agent"]

        async def saved(name: str) -> httpx.Response:
            return await browser.put(f"{PATH}/agent", json={**seen, "values": {**seen["values"], "agent_name": name}})

        answers = await asyncio.gather(*(saved(f"Alma {number}") for number in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(await lines(scene)) == 1


@pytest.mark.parametrize("role", ["secretary", "setter", "closer", "professional"])
async def test_only_the_ceo_sees_and_changes_them(scene: Scene, role: str) -> None:
    _, ceo = await scene.browser()
    _, browser = await scene.browser(role)  # pyright: ignore[reportArgumentType] - one of the roles
    async with ceo, browser:
        seen = (await ceo.get(PATH)).json()["company"]
        stages = (await ceo.get("/crm/pipeline/stages")).json()
        named = [{"id": stage["id"], "name": stage["name"] + "!"} for stage in stages["items"]]
        asked = [
            await browser.get(PATH),
            await browser.put(f"{PATH}/company", json={**seen, "values": {**seen["values"], "name": "Mine"}}),
            await browser.put("/crm/pipeline/stages", json={"version": stages["version"], "stages": named}),
        ]
        assert [answer.status_code for answer in asked] == [403, 403, 403]
        assert (await ceo.get(PATH)).json()["company"] == seen


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("company", "name", " "),
        ("company", "name", "x" * 201),
        ("company", "name", "a\nb"),
        ("company", "country", "ZZ"),
        ("company", "country", "ar"),
        ("company", "zone", "Mars/Olympus"),
        ("company", "zone", "../../etc/passwd"),
        ("company", "language", "fr"),
        ("company", "currency", "us"),
        ("company", "vocabulary", "customers"),
        ("agent", "agent_name", ""),
        ("agent", "agent_name", "x" * 61),
        ("agent", "agent_mode", "loud"),
        ("agent", "quiet_seconds", 61),
        ("agent", "quiet_seconds", -1),
        ("agent", "takeover_hours", 0),
        ("meetings", "meeting_minutes", 4),
        ("meetings", "slot_granularity_minutes", 7),
        ("meetings", "buffer_before_minutes", 241),
        ("meetings", "minimum_notice_minutes", 43_201),
        ("meetings", "horizon_days", 0),
        ("meetings", "most_meetings_per_day", 0),
        ("meetings", "offer_minutes", 1441),
        ("meetings", "tenant_id", 2),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(scene: Scene, section: str, field: str, value: object) -> None:
    _, browser = await scene.browser()
    async with browser:
        refused = await save(browser, section, **{field: value})
        assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
        assert field in [error["loc"][-1] for error in refused.json()["errors"]]
    assert await lines(scene) == []


async def test_the_longest_wait_is_no_shorter_than_the_silence(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        assert (await save(browser, "agent", quiet_seconds=10, maximum_wait_seconds=9)).status_code == 422
        assert (await save(browser, "agent", quiet_seconds=10, maximum_wait_seconds=10)).status_code == 200


async def test_who_hears_is_saved_and_an_address_that_is_none_refused(scene: Scene) -> None:
    _, browser = await scene.browser()
    async with browser:
        saved = await save(
            browser, "media", whisper_model=" gpt-transcribe ", whisper_base_url="https://stt.example/v1"
        )
        assert saved.json()["values"] == {
            "whisper_model": "gpt-transcribe",
            "whisper_base_url": "https://stt.example/v1",
            "vision_model": "",
        }
        emptied = await save(browser, "media", whisper_model="", whisper_base_url="")
        assert emptied.json()["values"]["whisper_model"] == ""
        for address in ("file:///etc/passwd", "stt.example", "https://a b", "javascript:alert(1)"):
            assert (await save(browser, "media", whisper_base_url=address)).status_code == 422


async def test_the_key_of_who_hears_stays_with_its_address(scene: Scene) -> None:
    """Set beforehand it stays; moved or emptied, it is forgotten, so that nobody has it sent to themselves."""

    async def key() -> Secret | None:
        async with scene.api.db.tenant(scene.tenant) as tx:
            return await read_credential(tx, KEYRING, WHISPER_KEY)

    _, browser = await scene.browser()
    async with browser:
        for change in ({"whisper_base_url": "https://two.example/v1"}, {"whisper_model": ""}):
            await save(browser, "media", whisper_model="", whisper_base_url="")
            async with scene.api.db.tenant(scene.tenant) as tx:
                await store_credential(tx, KEYRING, WHISPER_KEY, Secret("sk-hearing"))
            await save(browser, "media", whisper_model="hears", whisper_base_url="https://one.example/v1")
            assert await key() is not None
            await save(browser, "media", **change)
            assert await key() is None

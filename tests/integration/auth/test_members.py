"""Everyone may read the names of their colleagues, and of nobody else."""

from __future__ import annotations

from tests.integration.api.scene import make_scene
from tests.support.api import Api


async def test_names_of_colleagues_and_nothing_else(api: Api) -> None:
    scene, other = await make_scene(api), await make_scene(api)
    stranger = await api.member(other.tenant, "ceo")
    colleague = await api.member(scene.tenant, "setter")
    waiting = await api.member(scene.tenant, "closer", status="pending")
    gone = await api.member(scene.tenant, "closer", status="suspended")
    me, browser = await scene.browser("professional")
    async with browser:
        members = (await browser.get("/team/members")).json()["items"]
    found = {member["id"]: member for member in members}
    assert found.keys() == {colleague.user_id, gone.user_id, me.user_id}
    assert found[colleague.user_id].keys() == {"id", "name", "role", "active"}
    assert (found[me.user_id]["active"], found[gone.user_id]["active"]) == (True, False)
    assert not {stranger.user_id, waiting.user_id} & found.keys()


async def test_many_colleagues_come_in_pages(api: Api) -> None:
    scene = await make_scene(api)
    _, browser = await scene.browser()
    await api.member(scene.tenant, "setter")
    async with browser:
        first = (await browser.get("/team/members", params={"limit": 1})).json()
        rest = (await browser.get("/team/members", params={"limit": 1, "cursor": first["next_cursor"]})).json()
    assert rest["next_cursor"] is None
    assert first["items"][0]["id"] < rest["items"][0]["id"]

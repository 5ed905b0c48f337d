"""Outside the 24 hours no route lets free text leave, whichever is asked: every route of the live registry is.

The doors that are no routes (the agent, approved drafts, automatic messages, broadcasts) stand in
`tests/architecture/test_sending_door.py`, each with its test.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from core.json_types import Json
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.live_routes import LiveRoute, live_routes

TALK = "/chat/conversations/{conversation_id}"
# How each route about a conversation is asked; one that is not here fails the test.
ASKED: dict[tuple[str, str], Mapping[str, Json]] = {
    ("PATCH", TALK): {"agent_mode": "autopilot"},
    ("POST", f"{TALK}/takeover"): {},
    ("POST", f"{TALK}/resume"): {},
    ("POST", f"{TALK}/messages"): {"text": "Hola"},
    ("POST", f"{TALK}/notes"): {"text": "Hola"},
    ("POST", f"{TALK}/assign"): {"user_id": None},
    ("POST", f"{TALK}/close"): {},
    ("POST", f"{TALK}/reopen"): {},
    ("POST", f"{TALK}/read"): {},
    ("POST", f"{TALK}/draft/approve"): {"turn_id": 1, "text": "Hola"},
    ("POST", f"{TALK}/draft/discard"): {"turn_id": 1},
    ("POST", f"{TALK}/templates"): {"template_id": 1, "values": {}},
    ("POST", f"{TALK}/attachments"): {},
    ("POST", f"{TALK}/qualification"): {"interest": "warm", "score": 50, "need": "Agenda", "evidence": ["lo dijo"]},
}
FILES = {f"{TALK}/attachments": "plan.txt"}  # asked with a file as the body instead
WRITES = (f"{TALK}/messages", *FILES)


@pytest.fixture
async def scene(api: Api) -> Scene:
    return await make_scene(api)


def writing(scene: Scene) -> list[LiveRoute]:
    """Whatever changes something about one conversation."""
    routes = live_routes(scene.api.app)
    return [route for route in routes if route.path.startswith(TALK) and route.method not in {"GET", "OPTIONS"}]


async def ask_all(scene: Scene, *, hours_ago: float) -> dict[str, tuple[int, dict[str, object]]]:
    """What each route answers about a conversation whose customer wrote so long ago, by its path."""
    _, browser = await scene.browser("ceo")
    answers: dict[str, tuple[int, dict[str, object]]] = {}
    async with browser:
        for route in writing(scene):
            talk = await scene.talk()
            await scene.says(talk, at=scene.api.clock() - timedelta(hours=hours_ago))
            path = route.path.format(conversation_id=talk.conversation_id)
            if name := FILES.get(route.path):
                told = {"Content-Type": "text/plain", "X-File-Name": name}
                answer = await browser.post(path, content=b"Monday: pilates", headers=told)
            else:
                answer = await browser.request(route.method, path, json=ASKED[route.key])
            answers[route.path] = answer.status_code, answer.json() if answer.content else {}
    return answers


def test_every_route_about_a_conversation_is_asked(api: Api) -> None:
    assert {route.key for route in writing(Scene(api, 0, 0))} == set(ASKED)  # pyright: ignore[reportArgumentType] - no company is needed


async def test_in_a_shut_window_no_route_lets_free_text_leave_and_each_refusal_offers_the_template(
    scene: Scene,
) -> None:
    answers = await ask_all(scene, hours_ago=24.01)
    assert await scene.count("deliveries") == 0
    for path in WRITES:
        status, problem = answers[path]
        assert (status, problem["code"]) == (409, "window_closed"), path
        assert "template" in str(problem["detail"])
    assert all(status < 500 for status, _ in answers.values())


async def test_control_in_an_open_window_the_same_requests_do_leave(scene: Scene) -> None:
    answers = await ask_all(scene, hours_ago=23.9)
    assert [answers[path][0] for path in WRITES] == [201] * len(WRITES)
    assert await scene.count("deliveries") == len(WRITES)

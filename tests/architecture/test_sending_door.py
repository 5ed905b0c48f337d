"""Everything leaves through one door (PRODUCT §7.7): who queues, who sends and who asks the door is listed here."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture.foundation import PACKAGES, ROOT
from tests.architecture.sources import files, parse, relative

if TYPE_CHECKING:
    from pathlib import Path

# Who may ask the door, and the test that sends outside the window by it.
CALLERS = {
    "orchestrator_service/chat/calendar_told.py": "how a booking on its way ended: test_booking_with_google.py",
    "orchestrator_service/chat/replying.py": "the agent and approved drafts: test_shut_window.py, test_turns.py",
    "orchestrator_service/chat/writing.py": "a person: test_shut_window.py",
    "orchestrator_service/chat/attaching.py": "a person's file: test_shut_window.py",
    "orchestrator_service/meeting_links/telling.py": "what a customer's link did: test_told_in_chat.py",
    "orchestrator_service/messaging/send_template.py": "templates alone: test_writing.py",
    "orchestrator_service/triggers/send_due.py": "automatic messages: test_meetings.py",
    "orchestrator_service/triggers/tell_customer.py": "a moved or cancelled meeting: test_customer_links.py",
}
DOOR = "orchestrator_service/messaging/send.py"
MAIL = "core/mail.py"  # the mail library's method has the same name
HAND = "whatsapp_service/delivery/deliver.py"
TEAM = "whatsapp_service/delivery/alerts.py"  # a template to one of the team, in no conversation; it asks `refusal` too
# Methods of providers by which something reaches a person.
SENDS = {"send"}


def callers(root: Path, name: str) -> set[str]:
    """The files in which that function is called."""
    return {
        relative(path, root)
        for path in files(root, *PACKAGES)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name
    }


def queues(root: Path) -> set[str]:
    """The files with SQL that makes a delivery."""
    made = re.compile(r"INSERT\s+INTO\s+message_deliveries", re.IGNORECASE)
    found = [path for package in PACKAGES for path in (root / package).rglob("*") if path.suffix in {".sql", ".py"}]
    return {relative(path, root) for path in found if made.search(path.read_text(encoding="utf-8"))}


def provider_calls(root: Path) -> set[str]:
    """The files that have a provider send something."""
    return {
        relative(path, root)
        for path in files(root, *PACKAGES)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SENDS
        and any(keyword.arg == "external_id" for keyword in node.keywords)
    }


def test_only_the_door_queues_and_only_deliver_sends() -> None:
    assert queues(ROOT) == {"orchestrator_service/messaging/queries.sql"}
    named = {
        relative(path, ROOT)
        for path in files(ROOT, *PACKAGES)
        if '"queue_delivery"' in path.read_text(encoding="utf-8")
    }
    assert named == {DOOR}
    assert provider_calls(ROOT) == {HAND, TEAM}


def test_who_asks_the_door_is_known() -> None:
    assert callers(ROOT, "send_message") - {MAIL} == set(CALLERS)


def test_the_window_is_asked_when_queued_and_again_when_sent() -> None:
    assert {DOOR, HAND, TEAM} <= callers(ROOT, "refusal")


def test_control_a_second_door_is_found(tmp_path: Path) -> None:
    package = tmp_path / "core"
    package.mkdir()
    (package / "back.py").write_text(
        "async def out(p):\n    await p.send(r, m, external_id='x')\n    await send_message(t)\n"
    )
    (package / "back.sql").write_text("INSERT INTO message_deliveries (tenant_id) VALUES (:tenant_id);")
    assert queues(tmp_path) == {"core/back.sql"}
    assert provider_calls(tmp_path) == {"core/back.py"}
    assert callers(tmp_path, "send_message") == {"core/back.py"}

"""Every action that the code writes into the audit log has its words in the web app; a new one without fails."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.foundation import ROOT

PACKAGES = ("core", "nexus", "orchestrator_service", "whatsapp_service")
WRITERS = {"record_event", "log_security_event", "audit_access", "ring", "_tell", "trace"}
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
# Put together where they are written, or written by the database itself.
COMPOSED = {"tenant.active", "tenant.suspended", "audit.erased", "links.mail_sent", "links.mail_refused"}
LOCALES = ROOT / "web" / "src" / "lib" / "i18n" / "locales"
LISTED = ROOT / "web" / "src" / "features" / "audit" / "words.ts"


def written_in(source: str) -> set[str]:
    """The actions of a module: the constants among the first arguments of what writes events."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in WRITERS:
            continue
        texts = [arg.value for arg in node.args[:3] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        prefix = "cli." if name == "trace" else ""
        found |= {prefix + text for text in texts if ACTION.fullmatch(prefix + text)}
    return found


def composed_in(source: str) -> set[str]:
    """How the actions begin that a module puts together: the first piece of each text with a gap, up to the gap."""
    return {
        str(first.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in WRITERS
        for text in node.args[:3]
        if isinstance(text, ast.JoinedStr) and isinstance(first := text.values[0], ast.Constant)
        if re.match(r"[a-z_]+\.", str(first.value))
    }


@cache
def every_action() -> set[str]:
    """Read once: it is the whole code."""
    modules = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return COMPOSED.union(*(written_in(path.read_text(encoding="utf-8")) for path in modules))


def missing(actions: set[str], words: Path) -> set[str]:
    known = json.loads(words.read_text(encoding="utf-8"))["audit"]["action"]
    return {action for action in actions if action.replace(".", "_") not in known}


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_every_action_has_words(language: str) -> None:
    assert missing(every_action(), LOCALES / f"{language}.json") == set()


def test_every_action_can_be_filtered_by() -> None:
    listed = set(re.findall(r"'([a-z_.]+)'", LISTED.read_text(encoding="utf-8").partition("] as const")[0]))
    assert every_action() - listed == set()
    assert {action for action in listed if "." in action} - every_action() == set()


def test_every_action_that_is_put_together_is_listed() -> None:
    modules = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    beginnings = set[str]().union(*(composed_in(path.read_text(encoding="utf-8")) for path in modules))
    known = ("cli.", *COMPOSED)  # those of the command line are found where `trace` is called
    assert {begin for begin in beginnings if not any(one.startswith(begin) for one in known)} == set()
    assert composed_in('await record_event(tx, f"links.mail_{outcome}", subject=f"link:{id}")') == {"links.mail_"}


def test_an_action_without_words_is_found() -> None:
    source = 'await record_event(tx, "brand.new", severity="info")\n@audit_access("brand.seen")\ndef f(): ...\n'
    assert written_in(source) == {"brand.new", "brand.seen"}
    assert missing({"brand.new", "auth.login"}, LOCALES / "es.json") == {"brand.new"}

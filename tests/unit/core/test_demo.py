"""What the launcher tells the API of a demo, and which names mean this machine."""

from __future__ import annotations

import pytest

from core.config import MisconfiguredError, read_settings
from core.demo import Demo, DemoLogin, read_demo, write_demo
from core.loopback import loopback_host
from core.secret import Secret
from tests.unit.core.test_config import WHOLE

DEMO = Demo(
    tenant_id=7,
    door_token=Secret("the-door"),
    logins=(DemoLogin("ceo", "Carla Benítez", "ceo@demo.example", Secret("a password")),),
    phone_port=8099,
    phone_token=Secret("the-phone"),
)


def test_what_the_launcher_writes_is_what_the_api_reads() -> None:
    assert read_demo(write_demo(DEMO)) == DEMO
    assert read_settings({**WHOLE, "NEXUS_DEMO": write_demo(DEMO)}).demo == DEMO
    assert read_settings(WHOLE).demo is None


def test_it_does_not_print_its_secrets() -> None:
    assert not any(secret in repr(DEMO) for secret in ("the-door", "a password", "the-phone"))


@pytest.mark.parametrize("url", ["https://crm.example", "http://127.0.0.1.crm.example", "http://192.168.1.4:8000"])
def test_it_is_refused_where_others_can_come_in(url: str) -> None:
    with pytest.raises(MisconfiguredError, match="NEXUS_DEMO"):
        read_settings({**WHOLE, "NEXUS_PUBLIC_URL": url, "NEXUS_DEMO": write_demo(DEMO)})


@pytest.mark.parametrize("text", ["{}", "no json", '{"door_token": "the-door"}'])
def test_what_is_not_the_launchers_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(MisconfiguredError, match="NEXUS_DEMO") as refused:
        read_settings({**WHOLE, "NEXUS_DEMO": text})
    assert "the-door" not in str(refused.value)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("127.0.0.1:8000", "127.0.0.1"),
        ("localhost", "localhost"),
        ("LocalHost:8000", "localhost"),
        ("[::1]:8000", "::1"),
        ("127.0.0.1.evil.example", None),
        ("evil.example:8000", None),
        ("192.168.1.4", None),
        ("localhost.evil.example", None),
        ("user@evil.example", None),
        ("[broken", None),
        ("", None),
    ],
)
def test_only_names_of_this_machine_are_its_own(header: str, name: str | None) -> None:
    assert loopback_host(header) == name


@pytest.mark.parametrize(
    ("host", "origin"), [("localhost", "http://localhost:8099"), ("127.0.0.1", "http://127.0.0.1:8099")]
)
def test_the_phone_has_the_name_by_which_the_browser_knows_this_machine(host: str, origin: str) -> None:
    assert DEMO.phone_origin(host) == origin
    assert origin in DEMO.phone_origins


@pytest.mark.parametrize(
    ("said", "demo", "on"),
    [
        ("", False, False),
        ("", True, True),
        ("on", False, True),
        ("1", False, True),
        ("off", True, False),
        ("False", True, False),
    ],
)
def test_the_documentation_of_the_api_is_on_in_a_demo_and_elsewhere_if_wanted(said: str, demo: bool, on: bool) -> None:
    surroundings = {**WHOLE, "NEXUS_API_DOCS": said}
    if demo:
        surroundings["NEXUS_DEMO"] = write_demo(DEMO)
    assert read_settings(surroundings).api_docs is on

"""Free ports and lasting keys."""

from __future__ import annotations

import base64
import socket
from collections.abc import Callable

import pytest

from core.credentials import Keyring
from core.secret import Secret
from nexus.instance.keys import installation_keys
from nexus.instance.ports import HOST, USUAL, PortTakenError, choose_ports
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.auth.tokens import SessionTokens


class Store:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def secret(self, name: str, factory: Callable[[], str]) -> str:
        if name not in self.kept:
            self.kept[name] = factory()
        return self.kept[name]


def test_free_ports_differ() -> None:
    ports = choose_ports((None, None, None), usual=False)
    assert len({ports.api, ports.whatsapp, ports.simulator}) == 3


def test_a_taken_port_is_refused_by_name_and_avoided_by_default() -> None:
    with socket.socket() as busy:
        busy.bind((HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)):
            choose_ports((port, None, None))


def test_an_asked_port_is_not_given_to_another_service() -> None:
    free = choose_ports((None, None, None), usual=False).api
    ports = choose_ports((None, free, None))
    assert ports.whatsapp == free
    assert USUAL[0] != free
    assert free not in {ports.api, ports.simulator}


def test_keys_last_and_are_what_the_services_accept() -> None:
    store = Store()
    first, second = (installation_keys(store.secret, {}) for _ in range(2))
    assert first == second
    assert len({first.vault, first.jwt, first.directory, first.audit}) == 4
    Keyring.from_text(Secret(first.vault))
    SessionTokens(Secret(first.jwt))
    AuditKeys.from_text(Secret(first.audit))
    assert len(base64.b64decode(first.directory)) == 32
    assert first.vault not in repr(first)


def test_keys_of_the_environment_win_and_are_not_kept() -> None:
    store = Store()
    given = {
        "NEXUS_VAULT_KEYS": "a:b",
        "NEXUS_JWT_KEYS": "c:d",
        "NEXUS_DIRECTORY_KEY": "e",
        "NEXUS_AUDIT_KEYS": "f:g",
        "NEXUS_PUSH_KEY": "h",
    }
    keys = installation_keys(store.secret, given)
    assert (keys.vault, keys.jwt, keys.directory, keys.audit, keys.push) == ("a:b", "c:d", "e", "f:g", "h")
    assert store.kept == {}

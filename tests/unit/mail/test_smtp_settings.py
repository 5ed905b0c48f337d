"""How the mail server is named: nothing in the open but to this machine, and every mistake by its variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.mail import Smtp, read_smtp
from core.secret import Secret

GOOD = {"NEXUS_SMTP_HOST": "mail.example.com", "NEXUS_SMTP_FROM": "Nexus <nexus@example.com>"}


def test_without_a_host_no_mail_leaves() -> None:
    assert read_smtp({}) is None
    assert read_smtp({**GOOD, "NEXUS_SMTP_HOST": " "}) is None


def test_the_ports_follow_the_security_which_is_starttls_unless_told() -> None:
    assert read_smtp(GOOD) == Smtp("mail.example.com", 587, "starttls", "Nexus <nexus@example.com>", None, Secret(""))
    tls = read_smtp({**GOOD, "NEXUS_SMTP_SECURITY": "tls"})
    chosen = read_smtp({**GOOD, "NEXUS_SMTP_PORT": "2525"})
    here = read_smtp({**GOOD, "NEXUS_SMTP_HOST": "127.0.0.1", "NEXUS_SMTP_SECURITY": "none"})
    assert tls is not None
    assert chosen is not None
    assert here is not None
    assert (tls.port, chosen.port, here.port) == (465, 2525, 25)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"NEXUS_SMTP_SECURITY": "ssl"}, "NEXUS_SMTP_SECURITY"),
        ({"NEXUS_SMTP_SECURITY": "none"}, "NEXUS_SMTP_SECURITY"),
        ({"NEXUS_SMTP_PORT": "0"}, "NEXUS_SMTP_PORT"),
        ({"NEXUS_SMTP_PORT": "65536"}, "NEXUS_SMTP_PORT"),
        ({"NEXUS_SMTP_PORT": "smtp"}, "NEXUS_SMTP_PORT"),
        ({"NEXUS_SMTP_FROM": "nobody"}, "NEXUS_SMTP_FROM"),
        ({"NEXUS_SMTP_FROM": ""}, "NEXUS_SMTP_FROM"),
        ({"NEXUS_SMTP_USER": "nexus"}, "NEXUS_SMTP_PASSWORD"),
        ({"NEXUS_SMTP_USER": "nexus", "NEXUS_SMTP_PASSWORD_FILE": "/nowhere"}, "NEXUS_SMTP_PASSWORD_FILE"),
    ],
)
def test_a_mistake_is_named(changed: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=rf"^{named}\b"):
        read_smtp({**GOOD, **changed})


def test_the_password_comes_from_a_file_or_the_environment_and_does_not_print(tmp_path: Path) -> None:
    place = tmp_path / "password"
    place.write_text("of the mail server\n", encoding="utf-8")
    told = {**GOOD, "NEXUS_SMTP_USER": "nexus"}
    from_file = read_smtp({**told, "NEXUS_SMTP_PASSWORD_FILE": str(place)})
    given = read_smtp({**told, "NEXUS_SMTP_PASSWORD": "of the mail server"})
    assert from_file == given
    assert given is not None
    assert given.password.reveal() == "of the mail server"
    assert "of the mail" not in repr(given)

"""Settings: what is missing or wrong stops the start and is named."""

import base64

import pytest

from core.config import META_URL, YCLOUD_URL, MisconfiguredError, read_settings
from core.google.addresses import GOOGLE
from core.sending_limits import USUAL, Rate

KEY = base64.b64encode(b"k" * 32).decode()
WHOLE = {
    "DATABASE_URL": "postgresql://nexus_app@/nexus",
    "REDIS_URL": "redis://127.0.0.1",
    "NEXUS_VAULT_KEYS": f"k1:{KEY}",
    "NEXUS_JWT_KEYS": f"k1:{KEY}",
    "NEXUS_DIRECTORY_KEY": KEY,
}


def test_what_is_needed_is_enough() -> None:
    settings = read_settings(WHOLE)
    assert (settings.ycloud_url, settings.meta_url, settings.google) == (YCLOUD_URL, META_URL, GOOGLE)
    assert settings.simulator_url is None
    assert not settings.https
    assert settings.allowed_origins == (settings.public_url,)


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "NEXUS_VAULT_KEYS", "NEXUS_DIRECTORY_KEY"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(MisconfiguredError, match=name):
        read_settings({**WHOLE, name: ""})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NEXUS_DIRECTORY_KEY", "not base64!", "not base64"),
        ("NEXUS_DIRECTORY_KEY", base64.b64encode(b"short").decode(), "5 bytes"),
        ("NEXUS_TRUSTED_PROXIES", "10.0.0.0/33", "NEXUS_TRUSTED_PROXIES"),
        ("NEXUS_API_DOCS", "maybe", "NEXUS_API_DOCS"),
        ("NEXUS_YCLOUD_PER_SECOND", "fast", "NEXUS_YCLOUD_PER_SECOND"),
        ("NEXUS_META_PER_SECOND", "0", "NEXUS_META_PER_SECOND"),
        ("NEXUS_META_PAIR_SECONDS", "inf", "NEXUS_META_PAIR_SECONDS"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(MisconfiguredError, match=says):
        read_settings({**WHOLE, name: value})


def test_origins_proxies_and_https_are_read() -> None:
    settings = read_settings(
        {
            **WHOLE,
            "NEXUS_PUBLIC_URL": "https://crm.example/",
            "NEXUS_ALLOWED_ORIGINS": "https://crm.example, https://app.example/",
            "NEXUS_TRUSTED_PROXIES": "127.0.0.1/32, ::1/128",
        }
    )
    assert settings.https
    assert settings.allowed_origins == ("https://crm.example", "https://app.example")
    assert [str(network) for network in settings.trusted_proxies] == ["127.0.0.1/32", "::1/128"]


def test_what_a_number_may_send_is_the_operators_to_set() -> None:
    assert read_settings(WHOLE).sending_rates == USUAL
    rates = read_settings({**WHOLE, "NEXUS_YCLOUD_PER_SECOND": "0.5", "NEXUS_META_PAIR_SECONDS": "2"}).sending_rates
    assert rates.numbers == {"ycloud": Rate(2.0, 1.0), "meta": Rate(1 / 80, 80)}
    assert rates.pairs["meta"].interval == 2


def test_two_installations_have_two_namespaces() -> None:
    other = base64.b64encode(b"o" * 32).decode()
    here, there = read_settings(WHOLE), read_settings({**WHOLE, "NEXUS_DIRECTORY_KEY": other})
    assert here.namespace == read_settings(WHOLE).namespace != there.namespace


def test_secrets_do_not_print() -> None:
    shown = repr(read_settings(WHOLE))
    assert f"k1:{KEY}" not in shown
    assert "kkk" not in shown
    assert "nexus_app" not in shown

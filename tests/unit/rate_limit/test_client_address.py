"""The client's address: believed from trusted proxies only, walked from the right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.client_address import UNKNOWN, client_address, rate_key, trusted_networks

TRUSTED = trusted_networks("10.0.0.0/8, 127.0.0.1, ::1, 2001:db8::/32")


def address(peer: str | None, *lines: str) -> str:
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    scope = {"type": "http", "client": (peer, 4711) if peer else None, "headers": headers}
    return client_address(scope, TRUSTED)


@pytest.mark.parametrize(
    ("peer", "lines", "expected"),
    [
        ("203.0.113.9", (), "203.0.113.9"),
        ("203.0.113.9", ("1.2.3.4",), "203.0.113.9"),
        ("127.0.0.1", ("1.2.3.4",), "1.2.3.4"),
        ("127.0.0.1", ("6.6.6.6, 1.2.3.4, 10.1.1.1",), "1.2.3.4"),
        ("127.0.0.1", ("6.6.6.6", "1.2.3.4", "10.1.1.1"), "1.2.3.4"),
        ("127.0.0.1", ("10.0.0.7, 10.0.0.8",), "10.0.0.7"),
        ("127.0.0.1", ("1.2.3.4, rubbish, 10.0.0.8",), "10.0.0.8"),
        ("127.0.0.1", ("",), "127.0.0.1"),
        ("::1", ("2001:DB8:0::5, 2a00::1, 2001:db8::9",), "2a00::1"),
        ("::ffff:127.0.0.1", ("::ffff:1.2.3.4",), "1.2.3.4"),
        (None, ("1.2.3.4",), UNKNOWN),
        ("testclient", ("1.2.3.4",), UNKNOWN),
    ],
)
def test_the_first_hop_from_the_right_that_is_no_proxy_of_ours_counts(
    peer: str | None, lines: tuple[str, ...], expected: str
) -> None:
    assert address(peer, *lines) == expected


@given(forged=st.text(alphabet=st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=200))
def test_nothing_a_client_writes_changes_the_address_our_proxy_saw(forged: str) -> None:
    scope = {
        "type": "http",
        "client": ("127.0.0.1", 1),
        "headers": [(b"x-forwarded-for", f"{forged}, 1.2.3.4".encode("latin-1"))],
    }
    assert client_address(scope, TRUSTED) == "1.2.3.4"


@given(forged=st.text(alphabet=st.characters(codec="latin-1"), max_size=200))
def test_a_peer_that_is_no_proxy_is_the_client_whatever_it_writes(forged: str) -> None:
    scope = {"type": "http", "client": ("203.0.113.9", 1), "headers": [(b"x-forwarded-for", forged.encode("latin-1"))]}
    assert client_address(scope, TRUSTED) == "203.0.113.9"


def test_an_endless_header_is_read_no_further_than_32_hops() -> None:
    assert address("127.0.0.1", ", ".join(["1.2.3.4"] + ["10.0.0.1"] * 40)) == "10.0.0.1"


def test_an_ipv6_customer_is_counted_by_network() -> None:
    assert rate_key("2a00:1:2:3::4") == rate_key("2a00:1:2:3:ffff::1") == "2a00:1:2:3::/64"
    assert rate_key("2a00:1:2:4::4") != rate_key("2a00:1:2:3::4")
    assert rate_key("1.2.3.4") == "1.2.3.4"
    assert rate_key(UNKNOWN) == UNKNOWN


@pytest.mark.parametrize("text", ["10.0.0.1/8", "proxy.example"])
def test_a_wrong_proxy_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"host bits|not appear"):
        trusted_networks(text)


def test_no_proxies_is_an_empty_list() -> None:
    assert trusted_networks("") == ()

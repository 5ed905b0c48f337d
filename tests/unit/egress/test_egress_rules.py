"""Where a fetch may lead, before any name is looked up; and which addresses are public."""

from __future__ import annotations

import pytest

from core.egress_rules import EgressPolicy, EgressRefused, is_public

NOTHING = EgressPolicy()


@pytest.mark.parametrize(
    "address",
    [
        f"{0}.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:db8::1", "2001:20::1", "2002:0808:0808::1", "3fff::1", "fc00::1", "fd00::1", "fe80::1",
        "fe80::1%eth0", "2606:4700::1111%eth0", "fec0::1", "ff02::1", "4000::1", "no address", "",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111"])
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "//example.com/",
        "https://", "https:///x", "https://user@example.com/", "https://user:word@example.com/", "https://:@a.com/",
        "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/",
        "https://0x7f.0.0.1/", "https://127.0.0.0x1/", "https://127.0.0.1./", "https://[::1]/", "https://[fe80::1]/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
        "https://0/", "https://0.0.0.0/", "https://010.8.8.8/", "https://example.com:99999/", "https://a..b/",
        "https://exa mple.com/", "https://[::1/", "https://①②⑦.⓪.⓪.①/", "https://a.b\u3002c/", "https://-a.com/",
        f"https://{'a' * 64}.com/", f"https://{'a.' * 130}com/",
    ],
)  # fmt: skip
def test_what_is_not_https_to_a_plainly_spelt_host_is_refused(url: str) -> None:
    with pytest.raises(EgressRefused):
        NOTHING.target(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://example.com/a?b#c", "example.com", 443),
        ("HTTPS://Example.COM:8443/", "example.com", 8443),
        ("https://8.8.8.8/", "8.8.8.8", 443),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443),
    ],
)
def test_https_to_anybody_else_may_be_tried(url: str, host: str, port: int) -> None:
    target = NOTHING.target(url)
    assert (target.host, target.port, target.trusted) == (host, port, False)


def test_the_operator_allows_a_host_on_one_port_or_on_all() -> None:
    policy = EgressPolicy.from_text("127.0.0.1:8099, models.internal ,[::1]:9")
    for url in (
        "http://127.0.0.1:8099/v1",
        "http://models.internal/v1",
        "https://MODELS.internal:1/",
        "http://[::1]:9/",
    ):
        assert policy.target(url).trusted, url
    for url in ("http://127.0.0.1:8098/", "http://127.0.0.2:8099/", "http://a.models.internal/", "http://[::1]:8/"):
        with pytest.raises(EgressRefused):
            policy.target(url)


def test_a_redirect_does_not_reach_what_the_operator_allows() -> None:
    policy = EgressPolicy.from_text("127.0.0.1:8099")
    with pytest.raises(EgressRefused):
        policy.target("https://127.0.0.1:8099/", trusting=False)


@pytest.mark.parametrize("text", ["http://a", "a/b", "u@a", "a:b", ":80", "a:99999", "a?b"])
def test_an_allow_list_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        EgressPolicy.from_text(text)


def test_the_refusal_does_not_repeat_the_address() -> None:
    with pytest.raises(EgressRefused) as refused:
        NOTHING.target("https://user:hunter2@example.com/")
    assert "hunter2" not in str(refused.value)

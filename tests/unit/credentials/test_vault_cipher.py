"""The vault's cipher: a value opens only with its own key, tenant and name, and nothing falls back to plain text."""

from __future__ import annotations

import base64
import os

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from core.credentials import Keyring, UnknownKey, VaultError, mask, needs_rewrite, open_sealed, seal
from core.principal import TenantId
from core.secret import Secret

ONE, TWO = TenantId(1), TenantId(2)
KEY_A = base64.b64encode(b"A" * 32).decode()
KEY_B = base64.urlsafe_b64encode(b"\xfb" * 32).decode().rstrip("=")
FERNET_KEY = base64.urlsafe_b64encode(b"F" * 32).decode()
RING = Keyring.from_text(Secret(f"a:{KEY_A}"))


@given(
    text=st.text(alphabet=st.characters(codec="utf-8")),
    tenant=st.integers(1, 2**31),
    name=st.text("abc._-", min_size=1),
)
def test_what_was_sealed_opens_again(text: str, tenant: int, name: str) -> None:
    envelope = seal(RING, Secret(text), tenant_id=TenantId(tenant), name=name)
    assert open_sealed(RING, envelope, tenant_id=TenantId(tenant), name=name).reveal() == text
    assert envelope.startswith("v2.a.")
    assert len(text) < 4 or text not in envelope


@given(data=st.data())
def test_an_envelope_changed_in_any_character_does_not_open(data: st.DataObject) -> None:
    envelope = seal(RING, Secret("sk-live"), tenant_id=ONE, name="llm")
    at = data.draw(st.integers(0, len(envelope) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda char: char != envelope[at]))
    with pytest.raises(VaultError):
        open_sealed(RING, envelope[:at] + other + envelope[at + 1 :], tenant_id=ONE, name="llm")


@given(garbage=st.text())
def test_garbage_is_refused_and_never_returned(garbage: str) -> None:
    with pytest.raises(VaultError):
        open_sealed(RING, garbage, tenant_id=ONE, name="llm")


@pytest.mark.parametrize(
    ("tenant", "name"), [(TWO, "llm"), (ONE, "ycloud"), (TenantId(11), "lm"), (TenantId(0), "llm")]
)
def test_a_value_moved_to_another_tenant_or_name_does_not_open(tenant: TenantId, name: str) -> None:
    envelope = seal(RING, Secret("sk-live"), tenant_id=ONE, name="llm")
    with pytest.raises(VaultError) as refused:
        open_sealed(RING, envelope, tenant_id=tenant, name=name)
    assert "sk-live" not in str(refused.value)


def test_the_length_prefix_keeps_tenant_and_name_apart() -> None:
    envelope = seal(RING, Secret("x"), tenant_id=ONE, name="1a")
    with pytest.raises(VaultError):
        open_sealed(RING, envelope, tenant_id=TenantId(11), name="a")


def test_an_envelope_relabelled_with_another_key_id_of_the_same_key_does_not_open() -> None:
    ring = Keyring.from_text(Secret(f"a:{KEY_A},b:{KEY_A}"))
    envelope = seal(ring, Secret("x"), tenant_id=ONE, name="llm").replace("v2.a.", "v2.b.")
    with pytest.raises(VaultError, match="altered"):
        open_sealed(ring, envelope, tenant_id=ONE, name="llm")


def test_the_same_value_sealed_twice_shares_no_nonce() -> None:
    bodies = {seal(RING, Secret("same"), tenant_id=ONE, name="n").split(".")[2][:16] for _ in range(200)}
    assert len(bodies) == 200


def test_the_first_key_seals_and_the_others_still_open() -> None:
    old = seal(RING, Secret("old"), tenant_id=ONE, name="n")
    rotated = Keyring.from_text(Secret(f"b:{KEY_B},a:{KEY_A}"))
    assert open_sealed(rotated, old, tenant_id=ONE, name="n") == Secret("old")
    fresh = seal(rotated, Secret("new"), tenant_id=ONE, name="n")
    assert fresh.startswith("v2.b.")
    assert needs_rewrite(old, rotated)
    assert not needs_rewrite(fresh, rotated)


def test_an_unknown_key_id_is_an_error_of_its_own() -> None:
    envelope = seal(Keyring.from_text(Secret(f"gone:{KEY_A}")), Secret("x"), tenant_id=ONE, name="n")
    with pytest.raises(UnknownKey):
        open_sealed(RING, envelope, tenant_id=ONE, name="n")


def test_a_legacy_fernet_token_is_read_and_asks_to_be_rewritten() -> None:
    token = Fernet(FERNET_KEY.encode()).encrypt(b"legacy").decode()
    assert token.startswith("gAAAAA")
    ring = Keyring.from_text(Secret(f"a:{KEY_A},fernet:2023:{FERNET_KEY}"))
    assert open_sealed(ring, token, tenant_id=ONE, name="n") == Secret("legacy")
    assert needs_rewrite(token, ring)


def test_a_legacy_token_without_its_key_or_altered_is_refused() -> None:
    token = Fernet(FERNET_KEY.encode()).encrypt(b"legacy").decode()
    with pytest.raises(UnknownKey):
        open_sealed(RING, token, tenant_id=ONE, name="n")
    ring = Keyring.from_text(Secret(f"a:{KEY_A},fernet:2023:{FERNET_KEY}"))
    with pytest.raises(VaultError, match="legacy"):
        open_sealed(ring, token[:-4] + "AAA=", tenant_id=ONE, name="n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        f"fernet:2023:{FERNET_KEY}",
        KEY_A,
        f":{KEY_A}",
        f"bad.id:{KEY_A}",
        "a:",
        "a:not base64!",
        "a:AAAAA",
        "a:" + base64.b64encode(b"A" * 31).decode(),
        "a:" + base64.b64encode(b"A" * 33).decode(),
        f"a:{KEY_A},a:{KEY_B}",
        f"a:{KEY_A},fernet:x:short",
    ],
)
def test_a_keyring_without_a_good_key_is_refused_without_showing_the_key(text: str) -> None:
    with pytest.raises(VaultError) as refused:
        Keyring.from_text(Secret(text))
    assert KEY_A not in str(refused.value)
    assert refused.value.__suppress_context__


def test_key_material_does_not_print() -> None:
    ring = Keyring.from_text(Secret(f"a:{base64.b64encode(os.urandom(32)).decode()},fernet:x:{FERNET_KEY}"))
    assert str(ring.active.material) not in repr(ring)
    assert repr(ring) == "Keyring(keys=(NamedKey(kid='a'),))"


@pytest.mark.parametrize(
    "envelope", ["", "sk-live", "v1.a.AAAA", "v2.a", "v2.a.b.c", "v2.a.!!!!", "v2.a.AAAA", "v2.a.ñ"]
)
def test_what_is_no_envelope_is_not_rewritten_but_refused(envelope: str) -> None:
    with pytest.raises(VaultError, match="not a vault envelope"):
        needs_rewrite(envelope, RING)


def test_a_second_spelling_of_an_envelope_is_refused() -> None:
    # 28 + 1 bytes leave four unused bits in the last character.
    envelope = seal(RING, Secret("x"), tenant_id=ONE, name="n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    respelt = envelope[:-1] + alphabet[alphabet.index(envelope[-1]) + 1]
    with pytest.raises(VaultError):
        open_sealed(RING, respelt, tenant_id=ONE, name="n")


@pytest.mark.parametrize(("value", "shown"), [("sk-1234567890abcd", "••••abcd"), ("12345678901", "••••"), ("", "••••")])
def test_a_mask_shows_the_last_four_of_a_long_secret_and_nothing_of_a_short_one(value: str, shown: str) -> None:
    assert mask(Secret(value)) == shown

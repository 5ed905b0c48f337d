"""Passwords: Argon2id off the loop, unknown users cost the same, weak ones are refused with a reason."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from core.errors import Unavailable
from core.secret import Secret
from orchestrator_service.auth import passwords
from orchestrator_service.auth.password_rules import (
    Weakness,
    WeakPassword,
    check_password,
    common_words,
    unaccented,
    weaknesses,
)
from orchestrator_service.auth.passwords import NICENESS, PasswordHasherPool

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = Secret("lluvia verde sobre el tejado 9")


@pytest.fixture
def pool() -> Iterator[PasswordHasherPool]:
    made = PasswordHasherPool(memory_kib=64, rounds=1)
    yield made
    made.close()


async def test_a_hash_is_argon2id_salted_and_verifies(pool: PasswordHasherPool) -> None:
    first, second = await pool.hash(GOOD), await pool.hash(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert await pool.verify_or_burn(first, GOOD)
    assert not await pool.verify_or_burn(first, Secret("otra cosa distinta"))


async def test_another_keyboards_spelling_of_the_same_characters_verifies(pool: PasswordHasherPool) -> None:
    stored = await pool.hash(Secret("contraseñá larga".replace("ñ", "n\u0303")))
    assert await pool.verify_or_burn(stored, Secret("contraseñá larga"))


@pytest.mark.parametrize("stored", [None, "", "!", "$argon2id$rubbish"])
async def test_nobody_gets_in_without_a_real_hash(pool: PasswordHasherPool, stored: str | None) -> None:
    assert not await pool.verify_or_burn(stored, GOOD)
    assert not await pool.verify_or_burn(stored, Secret("nobody has this password"))


@pytest.mark.parametrize("stored", ["", "!", "$argon2id$rubbish"])
async def test_a_corrupt_hash_costs_the_same_work_as_a_real_one(
    pool: PasswordHasherPool, monkeypatch: pytest.MonkeyPatch, stored: str
) -> None:
    burned: list[str] = []

    def burn(_pool: PasswordHasherPool, password: str) -> None:
        burned.append(password)

    monkeypatch.setattr(PasswordHasherPool, "_burn", burn)
    await pool.verify_or_burn(stored, GOOD)
    assert burned == [GOOD.reveal()]


async def test_full_width_digits_are_digits(pool: PasswordHasherPool) -> None:
    wide = "tejado verde 2026".translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    assert await pool.verify_or_burn(await pool.hash(Secret("tejado verde 2026")), Secret(wide))


async def test_a_password_over_the_maximum_never_fits(pool: PasswordHasherPool) -> None:
    long = Secret("x1y2" * 33)
    assert not await pool.verify_or_burn(await pool.hash(long), long)


async def seconds(pool: PasswordHasherPool, stored: str | None, password: Secret) -> float:
    begun = time.perf_counter()
    await pool.verify_or_burn(stored, password)
    return time.perf_counter() - begun


async def test_an_unknown_user_takes_as_long_as_a_wrong_password() -> None:
    pool = PasswordHasherPool(memory_kib=8 * 1024, rounds=2)
    stored = await pool.hash(GOOD)
    wrong: list[float] = []
    unknown: list[float] = []
    for _ in range(15):
        wrong.append(await seconds(pool, stored, Secret("una clave equivocada")))
        unknown.append(await seconds(pool, None, Secret("una clave equivocada")))
    pool.close()
    assert 0.5 < statistics.median(unknown) / statistics.median(wrong) < 2


async def test_control_without_the_burn_an_unknown_user_is_told_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_burn(_pool: PasswordHasherPool, _password: str) -> None:
        return

    monkeypatch.setattr(PasswordHasherPool, "_burn", no_burn)
    pool = PasswordHasherPool(memory_kib=8 * 1024, rounds=2)
    stored = await pool.hash(GOOD)
    unknown = min([await seconds(pool, None, GOOD) for _ in range(5)])
    wrong = min([await seconds(pool, stored, Secret("una clave equivocada")) for _ in range(5)])
    pool.close()
    assert unknown < wrong / 3


async def test_hashing_never_runs_on_the_loop_and_at_most_two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, threads = 0, 0, set[str]()
    lock = threading.Lock()

    def slow_hash(_self: PasswordHasher, _password: str) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            threads.add(threading.current_thread().name)
        time.sleep(0.03)
        with lock:
            running -= 1
        return "hash"

    pool = PasswordHasherPool(memory_kib=64, rounds=1)
    monkeypatch.setattr(PasswordHasher, "hash", slow_hash)
    work = asyncio.gather(*(pool.hash(GOOD) for _ in range(6)))
    ticks = 0
    while not work.done():
        await asyncio.sleep(0.005)
        ticks += 1
    pool.close()
    assert most == 2
    assert ticks >= 6
    assert all(name.startswith("argon2") for name in threads)


async def test_a_flood_is_refused_once_the_queue_is_full_and_then_accepted_again() -> None:
    pool = PasswordHasherPool(memory_kib=64, rounds=1, max_waiting=3)
    results = await asyncio.gather(*(pool.hash(GOOD) for _ in range(5)), return_exceptions=True)
    assert [type(result) for result in results] == [str, str, str, Unavailable, Unavailable]
    assert await pool.hash(GOOD)
    pool.close()


async def test_a_hash_with_other_parameters_asks_for_a_new_one(pool: PasswordHasherPool) -> None:
    assert not pool.needs_rehash(await pool.hash(GOOD))
    assert pool.needs_rehash(PasswordHasher(time_cost=1, memory_cost=128, parallelism=1).hash("x"))


def test_the_standard_cost_is_at_least_what_owasp_asks() -> None:
    assert passwords.MEMORY_KIB >= 19 * 1024
    assert passwords.ROUNDS >= 2


@pytest.mark.parametrize(
    "password",
    [
        "lluvia verde sobre el tejado",
        "x7#Kq2!mPz9w",
        "correct mule staple parking",
        "Ünïcödé ist schön 42",
        "mi perro come 3 panes",
    ],
)
def test_a_good_password_is_accepted(password: str) -> None:
    assert weaknesses(Secret(password), personal=("ana.ruiz@acme.example", "Ana Ruiz")) == ()
    check_password(Secret(password))


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("corta-7#Kq2", Weakness.TOO_SHORT),
        ("x7#Kq2mP" * 17, Weakness.TOO_LONG),
        ("password2026!", Weakness.COMMON),
        ("P@ssw0rd2026!", Weakness.COMMON),
        ("Contraseña2025", Weakness.COMMON),
        ("passwordpassword", Weakness.COMMON),
        ("correct horse battery staple", Weakness.COMMON),
        ("1qazxsw2" + "Bienvenido", None),
        ("Administrador1", Weakness.COMMON),
        ("aaaaaaaaaaaaaa", Weakness.REPEATED),
        ("abababababab", Weakness.REPEATED),
        ("x7#Kx7#Kx7#K", Weakness.REPEATED),
        ("abcdefghijkl", Weakness.SEQUENCE),
        ("987654321098", Weakness.SEQUENCE),
        ("qwertyuiop123", Weakness.SEQUENCE),
        ("ana.ruiz@acme", Weakness.PERSONAL),
        ("acme-ruiz-2026", Weakness.PERSONAL),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, weakness: Weakness | None) -> None:
    found = weaknesses(Secret(password), personal=("ana.ruiz@acme.example", "Ana Ruiz"))
    assert (weakness in found) if weakness else found == ()


def test_a_password_of_signs_only_is_judged_without_an_error() -> None:
    assert weaknesses(Secret("!?#$%&/()=+*-_")) == ()


def test_the_refusal_names_every_broken_rule_and_not_the_password() -> None:
    with pytest.raises(WeakPassword) as refused:
        check_password(Secret("aaaa"))
    assert refused.value.extra == {"weaknesses": ["too_short", "repeated"]}
    assert "aaaa" not in str(refused.value)


def test_the_list_is_written_as_it_is_compared() -> None:
    words = common_words()
    assert len(words) >= 200
    assert all(word == unaccented(word) for word in words)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a priority of its own")
async def test_hashing_steps_back_from_the_event_loop(
    pool: PasswordHasherPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def priority(_pool: PasswordHasherPool, _stored: str | None, _password: str) -> bool:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return False

    seen: list[int] = []
    monkeypatch.setattr(PasswordHasherPool, "_verify", priority)
    await pool.verify_or_burn(None, GOOD)
    assert seen == [NICENESS]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < NICENESS

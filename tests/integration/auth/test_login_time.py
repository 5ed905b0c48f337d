"""Whether an e-mail is known cannot be told by the clock either: measured with the real Argon2, in shuffled rounds."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import replace
from typing import Final

import pytest

from core.statements import sibling_statements
from orchestrator_service.auth.passwords import PasswordHasherPool
from orchestrator_service.auth.throttle import FREE_FAILURES
from tests.support.api import PASSWORD, Api, fresh_email
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
ROUNDS: Final = 40
MOST_MS: Final = 10.0


async def accounts(api: Api, pool: PasswordHasherPool, count: int) -> list[str]:
    """E-mails of accounts with a hash of real parameters."""
    tenant, hashed = await make_tenant(api.db), await pool.hash(PASSWORD)
    members = [await api.member(tenant, "closer") for _ in range(count)]
    async with api.db.tenant(tenant) as tx:
        for member in members:
            await tx.run(SQL["set_hash"], user_id=member.user_id, password_hash=hashed)
    return [member.email for member in members]


async def measured(api: Api, known: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of refused logins. Each account is asked for fewer times than would slow its answers down."""
    taken: dict[str, list[float]] = {"unknown": [], "wrong": []}
    for number in range(rounds):
        order = [("unknown", fresh_email()), ("wrong", known[number % len(known)])]
        random.shuffle(order)
        for who, email in order:
            async with api.browser() as browser:
                began = time.perf_counter()
                answer = await browser.post("/auth/login", json={"email": email, "password": "another long password"})
                taken[who].append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 401
    assert api.naps == []
    return taken


@pytest.mark.slow
@pytest.mark.parametrize("burns", [True, False], ids=["as-it-is", "control-without-the-work-for-nobody"])
async def test_unknown_and_wrong_take_the_same_time(api: Api, monkeypatch: pytest.MonkeyPatch, *, burns: bool) -> None:
    """Means of the middle half, so that a busy machine's outliers count for neither side."""
    if not burns:

        def nothing(_: object, __: str) -> None:
            return

        monkeypatch.setattr(PasswordHasherPool, "_burn", nothing)
    pool = PasswordHasherPool()
    try:
        api.app.state.access = replace(api.door, passwords=pool)
        known = await accounts(api, pool, ROUNDS // (FREE_FAILURES - 1) + 1)
        taken = await measured(api, known, ROUNDS)
    finally:
        pool.close()
    means = {who: statistics.fmean(sorted(times)[ROUNDS // 4 : -ROUNDS // 4]) for who, times in taken.items()}
    difference = abs(means["unknown"] - means["wrong"])
    print({who: round(mean, 2) for who, mean in means.items()}, f"differ by {difference:.2f} ms")  # noqa: T201
    assert (difference < MOST_MS) is burns

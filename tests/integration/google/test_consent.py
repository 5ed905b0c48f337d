"""Connecting a calendar: the seller's consent, the tokens that come of it, and their end."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from core.google.access import SCOPES, CalendarAccess, Granted, OAuthClient, SellerGrant, ServiceAccount
from core.google.consent import challenge_of, new_verifier
from core.google.outcomes import AccessLost, CalendarEntries, Done, GrantRefused, Unknown
from core.secret import Secret
from tests.support.local_google import CLIENT, OTHER, ROBOT, SELLER, access, key_pair, local_google, robot

if TYPE_CHECKING:
    from tests.support.local_google import LocalGoogle

BACK = "http://127.0.0.1:1/google/callback"


async def consented(google: LocalGoogle, verifier: Secret, choose: str = OTHER) -> dict[str, str]:
    """What a browser brings back after the page, where the seller chose an account."""
    challenge = challenge_of(verifier)
    url = google.consent.consent_url(CLIENT, redirect_uri=BACK, state="s-1", challenge=challenge)
    page = await google.http.get(url)
    assert page.status_code == 200, page.text
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]
    link = next(link for link in links if parse_qs(link[1:])["account"] == [choose])
    answer = await google.http.get(url.partition("?")[0] + link)
    assert answer.headers["location"].startswith(f"{BACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def granted(google: LocalGoogle) -> Granted:
    verifier = new_verifier()
    back = await consented(google, verifier)
    assert back["state"] == "s-1"
    got = await google.consent.exchange(CLIENT, code=back["code"], verifier=verifier, redirect_uri=BACK)
    assert isinstance(got, Granted)
    return got


async def test_a_consent_becomes_a_grant_that_reads_the_sellers_calendar(google: LocalGoogle) -> None:
    got = await granted(google)
    assert got.missing_scopes == frozenset()
    found = await google.calendar.calendars(CalendarAccess(SellerGrant(CLIENT, got.refresh_token)))
    assert isinstance(found, CalendarEntries)
    assert [one.id for one in found.entries] == [OTHER]


def test_the_consent_page_is_asked_for_no_more_than_is_used() -> None:
    assert SCOPES == (
        "https://www.googleapis.com/auth/calendar.events",
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    )


async def test_the_address_asks_for_a_grant_that_lasts(google: LocalGoogle) -> None:
    url = google.consent.consent_url(CLIENT, redirect_uri=BACK, state="s", challenge="c", login_hint=SELLER)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert (asked["access_type"], asked["prompt"], asked["response_type"]) == ("offline", "consent", "code")
    assert (asked["code_challenge"], asked["code_challenge_method"]) == ("c", "S256")
    assert (asked["state"], asked["redirect_uri"], asked["login_hint"]) == ("s", BACK, SELLER)


async def test_who_says_no_gives_nothing(google: LocalGoogle) -> None:
    assert await consented(google, new_verifier(), "none") == {"error": "access_denied", "state": "s-1"}


async def test_a_code_is_good_once_and_with_its_verifier_alone(google: LocalGoogle) -> None:
    verifier = new_verifier()
    stolen = await consented(google, verifier)
    other = await google.consent.exchange(CLIENT, code=stolen["code"], verifier=new_verifier(), redirect_uri=BACK)
    assert other == GrantRefused("invalid_grant")
    back = await consented(google, verifier)
    once = await google.consent.exchange(CLIENT, code=back["code"], verifier=verifier, redirect_uri=BACK)
    assert isinstance(once, Granted)
    twice = await google.consent.exchange(CLIENT, code=back["code"], verifier=verifier, redirect_uri=BACK)
    assert twice == GrantRefused("invalid_grant")


async def test_scopes_that_were_left_out_are_told(google: LocalGoogle) -> None:
    verifier = new_verifier()
    back = await consented(google, verifier)
    google.world.codes[back["code"]].scope = SCOPES[1]
    got = await google.consent.exchange(CLIENT, code=back["code"], verifier=verifier, redirect_uri=BACK)
    assert isinstance(got, Granted)
    assert got.missing_scopes == {SCOPES[0]}


@pytest.mark.parametrize(
    ("kind", "status", "outcome"),
    [
        ("status", 500, Unknown("HTTP 500")),
        ("status", 400, GrantRefused("backendError")),
        ("garbage", 200, Unknown("no token in the answer")),
    ],
)
async def test_an_exchange_that_fails_is_not_made_again(
    google: LocalGoogle, kind: str, status: int, outcome: Unknown | GrantRefused
) -> None:
    await google.fault(kind, calendar="token", status=status)
    got = await google.consent.exchange(CLIENT, code="4/x", verifier=new_verifier(), redirect_uri=BACK)
    assert got == outcome
    assert google.checked == ["/token"]


async def test_a_grant_that_is_given_back_is_gone(google: LocalGoogle) -> None:
    got = await granted(google)
    theirs = CalendarAccess(SellerGrant(CLIENT, got.refresh_token))
    assert isinstance(await google.calendar.calendars(theirs), CalendarEntries)
    assert await google.consent.revoke(got.refresh_token) == Done()
    assert await google.calendar.calendars(theirs) == AccessLost("invalid_grant")
    assert await google.consent.revoke(got.refresh_token) == Done()


async def test_a_revocation_that_fails_is_told(google: LocalGoogle) -> None:
    assert await google.consent.revoke(Secret("x"), seconds=0.0) == Unknown("timeout")


async def test_many_who_wait_for_a_token_wait_for_one(google: LocalGoogle) -> None:
    await asyncio.gather(*(google.calendar.calendars(access()) for _ in range(20)))
    assert google.checked.count("/token") == 1


async def test_a_token_is_asked_for_again_a_minute_before_it_ends() -> None:
    async with local_google(token_seconds=60) as google:
        for _ in range(2):
            assert isinstance(await google.calendar.calendars(access()), CalendarEntries)
        assert google.checked.count("/token") == 2
    async with local_google(token_seconds=90) as google:
        for _ in range(2):
            assert isinstance(await google.calendar.calendars(access()), CalendarEntries)
        assert google.checked.count("/token") == 1


async def test_a_token_that_the_api_refuses_is_replaced_once(google: LocalGoogle) -> None:
    await google.calendar.calendars(access())
    await google.order("/expire_tokens")
    assert isinstance(await google.calendar.calendars(access()), CalendarEntries)
    assert google.checked.count("/token") == 2
    assert [entry["status"] for entry in google.asked("calendarList")] == [200, 401, 200]


async def test_the_wrong_client_secret_is_a_lost_access(google: LocalGoogle) -> None:
    wrong = OAuthClient(CLIENT.client_id, Secret("wrong"))
    theirs = CalendarAccess(SellerGrant(wrong, Secret("1//of-the-seller")))
    assert await google.calendar.calendars(theirs) == AccessLost("invalid_client")


@pytest.mark.parametrize(
    "key_file", ["", "no JSON", "[]", '{"type":"service_account"}', '{"type":"authorized_user","client_email":"a"}']
)
async def test_a_file_that_is_no_key_is_a_lost_access(google: LocalGoogle, key_file: str) -> None:
    found = await google.calendar.calendars(CalendarAccess(ServiceAccount(Secret(key_file))))
    assert isinstance(found, AccessLost)
    assert found.reason == "invalid_key"
    assert google.checked == []


async def test_a_service_accounts_word_goes_to_the_configured_address_alone(google: LocalGoogle) -> None:
    assert isinstance(await google.calendar.calendars(robot()), CalendarEntries)
    assert google.checked == ["/token", "calendarList.list"]
    assert {token.email for token in google.world.tokens.values()} == {ROBOT}


async def test_no_secret_prints(google: LocalGoogle) -> None:
    got = await granted(google)
    shown = repr((access(), robot(), got, google.tokens, google.world.config))
    for secret in (CLIENT.client_secret, Secret("1//of-the-seller"), got.refresh_token, got.access_token):
        assert secret.reveal() not in shown
    assert key_pair()[0].splitlines()[1] not in shown

"""Our client against a server that somebody else wrote: npm `emulate@0.11.2`, as far as it goes.

It has OAuth (code with PKCE, refresh, revoke), calendarList, list, insert, delete and freeBusy. It has no get, patch,
watch, stop, sync tokens, recurrence, etags, service accounts or private properties, names no zone in a list, and gives
each insert an id of its own: for those there is `nexus/local_google`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from core.egress import Egress
from core.google.access import CalendarAccess, Granted, OAuthClient, SellerGrant
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient, challenge_of, new_verifier
from core.google.event import NewEvent, event_id_of, is_busy
from core.google.outcomes import AccessLost, CalendarEntries, Done, Events, GrantRefused, Refused
from core.google.transport import reaching
from core.secret import Secret
from tests.support.emulators import google_emulator
from tests.support.google_schema import check_request

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    import httpx2

    from core.google.addresses import GoogleAddresses

pytestmark = pytest.mark.emulator

SELLER = "vendedor@acme.com"
BACK = "http://127.0.0.1:1/google/callback"
CLIENT = OAuthClient("acme.apps.googleusercontent.com", Secret("GOCSPX-of-the-test"))
START = datetime(2026, 11, 24, 13, tzinfo=UTC)
END = START + timedelta(days=1)


@dataclass
class Emulated:
    addresses: GoogleAddresses
    calendar: GoogleCalendarClient
    consent: GoogleConsentClient
    http: httpx.AsyncClient

    async def granted(self) -> Granted:
        """The seller chooses herself on the consent page; what comes back is changed for a grant."""
        verifier = new_verifier()
        challenge = challenge_of(verifier)
        url = self.consent.consent_url(CLIENT, redirect_uri=BACK, state="s-1", challenge=challenge)
        form = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert SELLER in (await self.http.get(url)).text
        answer = await self.http.post(f"{self.addresses.consent}/callback", data={**form, "email": SELLER})
        back = parse_qs(urlsplit(answer.headers["location"]).query)
        assert back["state"] == ["s-1"]
        other = new_verifier()
        refused = await self.consent.exchange(CLIENT, code=back["code"][0], verifier=other, redirect_uri=BACK)
        assert refused == GrantRefused("invalid_grant")
        got = await self.consent.exchange(CLIENT, code=back["code"][0], verifier=verifier, redirect_uri=BACK)
        assert isinstance(got, Granted)
        return got


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Generator[GoogleAddresses]:
    secret = CLIENT.client_secret.reveal()
    client = {"client_id": CLIENT.client_id, "client_secret": secret, "name": "Nexus", "redirect_uris": [BACK]}
    zone = "America/Argentina/Buenos_Aires"
    calendar = {"id": SELLER, "user_email": SELLER, "summary": "V", "primary": True, "time_zone": zone}
    free = {
        "id": "free1",
        "user_email": SELLER,
        "calendar_id": SELLER,
        "summary": "Cancelada",
        "status": "cancelled",
        "start_date_time": (START + timedelta(hours=5)).isoformat(),
        "end_date_time": (START + timedelta(hours=6)).isoformat(),
    }
    people = [{"email": SELLER, "name": "Vendedor"}]
    seed = {"users": people, "oauth_clients": [client], "calendars": [calendar], "calendar_events": [free]}
    with google_emulator(seed, tmp_path_factory.mktemp("emulate")) as found:
        yield found


@pytest.fixture
async def emulated(addresses: GoogleAddresses) -> AsyncGenerator[Emulated]:
    async def check(request: httpx2.Request) -> None:
        check_request(request)

    async with reaching(Egress(), addresses) as ours, httpx.AsyncClient(trust_env=False) as http:
        ours.event_hooks = {"request": [check]}
        calendar, consent = GoogleCalendarClient(ours, addresses), GoogleConsentClient(ours, addresses)
        yield Emulated(addresses, calendar, consent, http)


async def test_a_consent_becomes_a_grant_and_ends(emulated: Emulated) -> None:
    got = await emulated.granted()
    assert got.missing_scopes == frozenset()
    access = CalendarAccess(SellerGrant(CLIENT, got.refresh_token), SELLER)
    found = await emulated.calendar.calendars(access)
    assert isinstance(found, CalendarEntries)
    assert [(one.id, one.primary) for one in found.entries if one.id == SELLER] == [(SELLER, True)]
    assert await emulated.consent.revoke(got.refresh_token) == Done()
    wrong = CalendarAccess(SellerGrant(CLIENT, Secret("google_refresh_none")), SELLER)
    assert await emulated.calendar.calendars(wrong) == AccessLost("invalid_grant")


async def test_what_is_written_is_listed_busy_and_deleted(emulated: Emulated) -> None:
    got = await emulated.granted()
    access = CalendarAccess(SellerGrant(CLIENT, got.refresh_token), SELLER)
    starts = [START + timedelta(hours=1), START + timedelta(hours=3)]
    for number, start in enumerate(starts):
        zone, private = "America/Argentina/Buenos_Aires", {"crm": "nexus"}
        event = NewEvent(f"Demo {number}", start, start + timedelta(minutes=30), zone, private)
        assert isinstance(await emulated.calendar.insert(access, event, event_id=event_id_of(7, number)), Done)
    listed = await emulated.calendar.events(access, START, END)
    assert isinstance(listed, Events)
    busy = [(one.starts_at, one.ends_at) for one in listed.events if is_busy(one)]
    assert busy == [(start, start + timedelta(minutes=30)) for start in starts]
    assert busy == await busy_by_google(emulated, got)
    for one in listed.events:
        assert await emulated.calendar.delete(access, one.id) == Done()
    again = await emulated.calendar.delete(access, listed.events[0].id)
    assert isinstance(again, Refused)
    assert again.missing
    emptied = await emulated.calendar.events(access, START, END)
    assert isinstance(emptied, Events)
    assert emptied.events == ()


async def busy_by_google(emulated: Emulated, got: Granted) -> list[tuple[datetime, datetime]]:
    """What freeBusy says of the same window: our rule must come to the same."""
    body = {"timeMin": START.isoformat(), "timeMax": END.isoformat(), "items": [{"id": SELLER}]}
    headers = {"Authorization": f"Bearer {got.access_token.reveal()}"}
    answer = await emulated.http.post(f"{emulated.addresses.api}/freeBusy", json=body, headers=headers)
    periods = answer.json()["calendars"][SELLER]["busy"]
    return [(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])) for one in periods]

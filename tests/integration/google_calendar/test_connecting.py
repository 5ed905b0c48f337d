"""Connecting by the consent page and by the service account; choosing another calendar; letting go."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from core.channels import read_credential
from core.credential_names import seller_grant_name
from core.errors import NotFound
from core.google.access import SCOPE_EVENTS, Granted
from core.google.consent import GoogleConsentClient
from core.google.outcomes import CalendarEntry, Done
from core.principal import Principal, UserId
from core.secret import Secret
from orchestrator_service.auth import repository as sessions
from orchestrator_service.google_calendar.access import SERVICE_ACCOUNT
from orchestrator_service.google_calendar.connecting import (
    calendars_of,
    choose_calendar,
    connect_shared,
    disconnect,
    set_service_account,
)
from orchestrator_service.google_calendar.consent import (
    VALID_FOR,
    CameBack,
    Return,
    begin_consent,
    finish_consent,
    seller_to_change,
)
from orchestrator_service.google_calendar.errors import (
    CalendarRefused,
    GoogleNotSetUp,
    GoogleSilent,
    NotConnectedYet,
    UnusableKeyFile,
)
from orchestrator_service.google_calendar.matching import Matchable, propose
from orchestrator_service.google_calendar.models import LiveBusy, NamedSeller, NotConnected
from tests.integration.google_calendar.office import DAY, Office, event, make_office
from tests.support.factories import KEYRING, make_user
from tests.support.local_google import OTHER, SELLER, key_file

if TYPE_CHECKING:
    from core.database import Database
    from core.principal import Role
    from tests.support.local_google import LocalGoogle

BACK = "http://127.0.0.1:8000/agenda/google/callback"


async def session(office: Office, user_id: int | None = None, role: Role = "closer") -> Principal:
    """Somebody in a browser."""
    who = Principal(office.tenant_id, cast("UserId", user_id or office.user_id), role, uuid4())
    assert who.session_id is not None
    async with office.db.tenant(office.tenant_id) as tx:
        await sessions.create_session(
            tx,
            who.session_id,
            who.user_id,
            now=office.clock(),
            expires_at=office.clock() + DAY,
            address=None,
            user_agent=None,
        )
    return who


async def begin(office: Office, who: Principal) -> str:
    async with office.db.tenant(office.tenant_id) as tx:
        return await begin_consent(tx, office.door, who, office.seller, BACK)


async def grant(office: Office, url: str, choose: str = SELLER) -> CameBack:
    """What the browser brings back where the seller chose an account."""
    page = await office.google.http.get(url)
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]
    link = next(link for link in links if parse_qs(link[1:])["account"] == [choose])
    answer = await office.google.http.get(url.partition("?")[0] + link)
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    return CameBack(query["state"], query.get("code"), query.get("error"))


async def finish(office: Office, who: Principal, came: CameBack) -> Return:
    return await finish_consent(office.db, office.door, who, came, BACK)


async def kept_grant(office: Office) -> str | None:
    async with office.db.tenant(office.tenant_id) as tx:
        grant = await read_credential(tx, KEYRING, seller_grant_name(office.seller))
    return grant.reveal() if grant else None


async def ana(office: Office) -> NamedSeller:
    async with office.db.tenant(office.tenant_id) as tx:
        return await seller_to_change(tx, replace(office.principal, role="ceo"), office.seller)


async def test_a_consent_connects_the_calendar_that_was_chosen(office: Office) -> None:
    who = await session(office)
    before = await kept_grant(office)
    url = await begin(office, who)
    asked = parse_qs(urlsplit(url).query)
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == ([BACK], ["S256"])
    sealed = await office.text("verifiers")
    assert sealed is not None
    assert sealed.startswith("v2."), "the verifier waits sealed"
    assert await finish(office, who, await grant(office, url, OTHER)) == "connected"
    assert await kept_grant(office) != before
    listed = await calendars_of(office.db, office.door, office.tenant_id, office.seller)
    assert [one.id for one in listed.entries] == [OTHER]
    assert isinstance((await office.busy())[office.seller], LiveBusy)
    assert await office.text("verifiers") == ""


async def test_a_state_is_good_once(office: Office) -> None:
    who = await session(office)
    came = await grant(office, await begin(office, who))
    assert await finish(office, who, came) == "connected"
    assert await finish(office, who, came) == "expired"


async def test_a_state_is_good_in_its_own_session_alone(office: Office, db: Database, google: LocalGoogle) -> None:
    who = await session(office)
    came = await grant(office, await begin(office, who))
    before = await kept_grant(office)
    foreign = await make_office(db, google, "Foreign")
    for other in (await session(office), await session(foreign)):
        assert await finish(office, other, came) == "expired"
    assert await finish(office, who, replace(came, state="another")) == "expired"
    assert await kept_grant(office) == before
    assert await finish(office, who, came) == "connected", "the control: the right one is still good"


async def test_a_state_is_good_for_ten_minutes(office: Office) -> None:
    who = await session(office)
    came = await grant(office, await begin(office, who))
    office.clock.now += VALID_FOR
    assert await finish(office, who, came) == "expired"


async def test_what_comes_to_nothing_leaves_the_connection(office: Office) -> None:
    who, before = await session(office), await kept_grant(office)
    denied = CameBack(parse_qs(urlsplit(await begin(office, who)).query)["state"][0], None, "access_denied")
    assert await finish(office, who, denied) == "denied"
    forged = replace(await grant(office, await begin(office, who)), code="forged")
    assert await finish(office, who, forged) == "refused"
    late = await grant(office, await begin(office, who))
    await office.google.fault("status", calendar="token", times=None)
    assert await finish(office, who, late) == "silent"
    assert await kept_grant(office) == before
    assert await office.text("state", seller_id=office.seller) == "connected -"


async def test_a_grant_with_a_box_left_unticked_is_given_back(office: Office) -> None:
    class Unticked(GoogleConsentClient):
        def __init__(self) -> None:
            self.revoked: list[str] = []

        async def exchange(self, *_: object, **__: object) -> Granted:  # pyright: ignore[reportIncompatibleMethodOverride] - it hears nothing
            less = frozenset({SCOPE_EVENTS})
            return Granted(Secret("too-little"), less, Secret("t"), office.clock() + DAY)

        async def revoke(self, refresh_token: Secret, **_: object) -> Done:  # pyright: ignore[reportIncompatibleMethodOverride] - all but the deadline
            self.revoked.append(refresh_token.reveal())
            return Done()

    who, before, consent = await session(office), await kept_grant(office), Unticked()
    came = await grant(office, await begin(office, who))
    door = replace(office.door, consent=consent)
    assert await finish_consent(office.db, door, who, came, BACK) == "scopes"
    assert (consent.revoked, await kept_grant(office)) == (["too-little"], before)


async def test_a_lost_calendar_is_connected_again(office: Office) -> None:
    await office.google.order("/lose_grants", account=SELLER)
    await office.busy()
    assert await office.text("state", seller_id=office.seller) == "lost invalid_grant"
    who = await session(office)
    assert await finish(office, who, await grant(office, await begin(office, who))) == "connected"
    assert await office.text("state", seller_id=office.seller) == "connected -"
    assert isinstance((await office.busy())[office.seller], LiveBusy)


async def test_nobody_connects_a_colleagues_calendar(office: Office, db: Database, google: LocalGoogle) -> None:
    colleague = await session(office, await make_user(db, office.tenant_id, role="closer"))
    foreigner = await session(await make_office(db, google, "Foreign"), role="ceo")
    with pytest.raises(NotFound):
        await begin(office, colleague)
    async with db.tenant(foreigner.tenant_id) as tx:
        with pytest.raises(NotFound):
            await begin_consent(tx, office.door, foreigner, office.seller, BACK)
    ceo = await session(office, await make_user(db, office.tenant_id, role="ceo"), "ceo")
    assert (await begin(office, ceo)).startswith(office.google.base_url)


async def test_without_the_companys_client_nothing_begins(office: Office) -> None:
    await office.run("forget_client")
    with pytest.raises(GoogleNotSetUp):
        await begin(office, await session(office))


async def test_another_calendar_of_the_account_is_chosen(office: Office) -> None:
    seller = await ana(office)
    with pytest.raises(CalendarRefused):
        await choose_calendar(office.db, office.door, office.principal, seller, OTHER)
    await choose_calendar(office.db, office.door, office.principal, seller, "equipo@acme.com")
    await office.google.by_hand(event())
    assert (await office.busy())[office.seller] == LiveBusy(())
    await office.google.by_hand(event(), calendar="equipo@acme.com")
    assert (await office.busy())[office.seller] != LiveBusy(())


async def test_letting_go_forgets_and_gives_back(office: Office) -> None:
    assert await disconnect(office.db, office.door, office.principal, await ana(office))
    assert await office.text("grants") == ""
    assert (await office.busy())[office.seller] == NotConnected()
    assert office.google.world.grants == {
        token: one for token, one in office.google.world.grants.items() if one.email != SELLER
    }
    with pytest.raises(NotConnectedYet):
        await disconnect(office.db, office.door, office.principal, await ana(office))


async def test_a_key_file_is_kept_once_google_took_it(office: Office) -> None:
    for bad in ("{}", "no json", json.dumps({**key_file(), "private_key": "none"})):
        with pytest.raises(UnusableKeyFile):
            await set_service_account(office.db, office.door, office.principal, Secret(bad))
    stranger = json.dumps({**key_file(), "client_email": "stranger@acme.iam.gserviceaccount.com"})
    with pytest.raises(UnusableKeyFile):
        await set_service_account(office.db, office.door, office.principal, Secret(stranger))
    await office.google.fault("status", calendar="token", times=None)
    with pytest.raises(GoogleSilent):
        await set_service_account(office.db, office.door, office.principal, Secret(json.dumps(key_file())))
    await office.google.order("/clear")
    async with office.db.tenant(office.tenant_id) as tx:
        assert await read_credential(tx, KEYRING, SERVICE_ACCOUNT) is None
    found = await set_service_account(office.db, office.door, office.principal, Secret(json.dumps(key_file())))
    assert found[0] == key_file()["client_email"]


async def test_a_shared_calendar_is_connected_once_it_can_be_read(office: Office) -> None:
    seller = await ana(office)
    with pytest.raises(GoogleNotSetUp):
        await connect_shared(office.db, office.door, office.principal, seller, SELLER)
    await set_service_account(office.db, office.door, office.principal, Secret(json.dumps(key_file())))
    with pytest.raises(CalendarRefused):
        await connect_shared(office.db, office.door, office.principal, seller, OTHER)
    await office.google.fault("garbage", verb="list")
    with pytest.raises(GoogleSilent):
        await connect_shared(office.db, office.door, office.principal, seller, SELLER)
    await connect_shared(office.db, office.door, office.principal, seller, SELLER)
    await office.google.by_hand(event())
    assert (await office.busy())[office.seller] != LiveBusy(())


def entry(calendar_id: str, name: str = "") -> CalendarEntry:
    return CalendarEntry(calendar_id, name, None, primary=False, access_role="writer")


def test_calendars_are_matched_by_id_and_else_by_an_exact_and_unique_name() -> None:
    sellers = [
        Matchable(1, "Ana Pérez", None, "ana@acme.com", None),
        Matchable(2, "Bruno Díaz", "bruno-old", None, None),
        Matchable(3, "Carla Ruiz", None, None, None),
        Matchable(4, "Dr. Carla Ruíz", None, None, None),
        Matchable(5, "Eva Sol", None, None, "eva@acme.com"),
        Matchable(6, "Fede Luna", None, None, None),
    ]
    entries = [
        entry("ANA@acme.com", "whatever"),
        entry("bruno-old"),
        entry("c@acme.com", "carla ruiz"),
        entry("eva@acme.com", "Fede Luna"),
        entry("f1@acme.com", "Lic. Fede  Luna"),
        entry("g@acme.com", "Gerencia"),
        entry("h@acme.com", "Fede"),
    ]
    found = {one.entry.id: (one.how, one.seller_ids) for one in propose(entries, sellers)}
    assert found == {
        "ANA@acme.com": ("id", (1,)),
        "bruno-old": ("id", (2,)),
        "c@acme.com": ("ambiguous", (3, 4)),
        "eva@acme.com": ("connected", (5,)),
        "f1@acme.com": ("name", (6,)),
        "g@acme.com": ("none", ()),
        "h@acme.com": ("none", ()),
    }


def test_a_seller_whom_two_calendars_claim_is_sure_for_neither() -> None:
    sellers = [Matchable(1, "Ana Pérez", None, None, None)]
    found = propose([entry("a", "Ana Perez"), entry("b", "Dra. Ana Pérez")], sellers)
    assert [(one.how, one.seller_ids) for one in found] == [("ambiguous", (1,)), ("ambiguous", (1,))]

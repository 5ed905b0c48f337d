"""The world of the local Google: accounts, calendars, what changed when. Everything in memory."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus.local_google.errors import not_found
from nexus.local_google.faults import Faults
from nexus.local_google.recurrence import instances

if TYPE_CHECKING:
    from core.whatsapp import Json, JsonObject
    from nexus.local_google.config import ClientConfig, LocalGoogleConfig, PersonConfig


@dataclass
class Channel:
    """A watch channel of one calendar."""

    id: str
    resource_id: str
    address: str
    token: str
    expires_at: datetime
    number: int = 0


@dataclass
class Calendar:
    """One calendar. `events` are by id, deleted ones too; `changed` says at which count each changed last.

    `oldest` is the lowest count whose sync tokens are still good.
    """

    id: str
    summary: str
    zone: str
    events: dict[str, JsonObject] = field(default_factory=dict[str, "JsonObject"])
    changed: dict[str, int] = field(default_factory=dict[str, int])
    count: int = 0
    oldest: int = 0
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])

    def put(self, event: JsonObject) -> JsonObject:
        """Keep an event as it is now, with a new etag. Instances that a series no longer has are told as deleted."""
        event_id = str(event["id"])
        before = self.events.get(event_id)
        if before is not None and before.get("recurrence"):
            self._take_out(before, event)
        self.count += 1
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        kept: JsonObject = {**event, "etag": json.dumps(str(self.count)), "updated": now}
        self.events[event_id] = kept
        self.changed[event_id] = self.count
        return kept

    def overridden(self, series_id: str) -> set[str]:
        """Ids of the instances that have a row of their own."""
        return {key for key, event in self.events.items() if event.get("recurringEventId") == series_id}

    def _take_out(self, before: JsonObject, after: JsonObject) -> None:
        old = {str(one["id"]): one for one in instances(before, self.zone, until=None)}
        runs_on = after.get("status") != "cancelled" and after.get("recurrence")
        new = {str(one["id"]) for one in instances(after, self.zone, until=None)} if runs_on else set[str]()
        for event_id in old.keys() - new:
            self.count += 1
            own: JsonObject = {"status": "cancelled", "id": event_id}
            own |= {name: old[event_id][name] for name in ("recurringEventId", "originalStartTime")}
            self.events[event_id] = own
            self.changed[event_id] = self.count


@dataclass
class Account:
    """Whoever a token speaks for: a person, or a service account. The first calendar is the primary one."""

    email: str
    name: str
    calendars: list[str] = field(default_factory=list[str])
    is_service: bool = False


@dataclass
class Code:
    """What a consent gave and nobody has exchanged yet."""

    email: str
    client_id: str
    redirect_uri: str
    challenge: str
    scope: str


@dataclass
class Grant:
    """A refresh token's meaning."""

    email: str
    client_id: str
    scope: str


@dataclass
class AccessToken:
    """An access token's meaning."""

    email: str
    scope: str
    expires_at: float
    granted_by: str | None = None


@dataclass
class World:
    """Everything there is. `journal` are the requests of the calendar API, oldest first, without tokens."""

    config: LocalGoogleConfig
    accounts: dict[str, Account] = field(default_factory=dict[str, Account])
    calendars: dict[str, Calendar] = field(default_factory=dict[str, Calendar])
    clients: dict[str, ClientConfig] = field(default_factory=dict[str, "ClientConfig"])
    codes: dict[str, Code] = field(default_factory=dict[str, Code])
    grants: dict[str, Grant] = field(default_factory=dict[str, Grant])
    tokens: dict[str, AccessToken] = field(default_factory=dict[str, AccessToken])
    public_keys: dict[str, str] = field(default_factory=dict[str, str])
    faults: Faults = field(default_factory=Faults)
    journal: list[JsonObject] = field(default_factory=list["JsonObject"])

    @classmethod
    def of(cls, config: LocalGoogleConfig) -> World:
        """The world that a configuration describes."""
        world = cls(config, clients={client.client_id: client for client in config.clients})
        for person in config.people:
            world.add_person(person)
        for one in config.service_accounts:
            world.public_keys[one.email] = one.public_key
            world.accounts[one.email] = Account(one.email, one.email, list(one.calendars), is_service=True)
        return world

    def add_person(self, person: PersonConfig) -> Account:
        """A new account with its calendars and refresh tokens."""
        account = Account(person.email, person.name or person.email)
        self.accounts[person.email] = account
        for one in person.calendars:
            self.calendars[one.id] = Calendar(one.id, one.summary or one.id, one.zone)
            account.calendars.append(one.id)
        if not account.calendars:
            self.calendars[person.email] = Calendar(person.email, account.name, person.zone)
            account.calendars.append(person.email)
        for token in person.refresh_tokens:
            client_id = next(iter(self.clients), "")
            self.grants[token] = Grant(person.email, client_id, " ".join(_ALL))
        return account

    def calendar_for(self, account: Account, calendar_id: str) -> Calendar:
        """A calendar as this account sees it. Raises GoogleError."""
        named = account.calendars[0] if calendar_id == "primary" and account.calendars else calendar_id
        calendar = self.calendars.get(named)
        if calendar is None or named not in account.calendars:
            raise not_found()
        return calendar

    def note(self, entry: dict[str, Json]) -> None:
        """Remember a request."""
        self.journal.append(entry)


def new_token(prefix: str) -> str:
    """A word that nobody guesses."""
    return f"{prefix}{secrets.token_urlsafe(24)}"


_ALL = (
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
)

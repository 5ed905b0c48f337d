"""The demo's Google on this machine: an account for each who sells, one of them connected from the start."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from core.channels import read_credential, store_credential
from core.credential_names import seller_grant_name
from core.google.addresses import GoogleAddresses
from core.principal import Principal, TenantId, UserId
from core.secret import Secret
from orchestrator_service.google_calendar import mirror
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.models import NamedSeller
from orchestrator_service.sellers.calendar import active_sellers

if TYPE_CHECKING:
    from core.credentials import Keyring
    from core.database import Database
    from core.json_types import JsonObject
    from nexus.instance.keys import SecretSource

ZONE: Final = "America/Argentina/Buenos_Aires"
CLIENT: Final = "nexus-demo.apps.local"
SELLER: Final = ("Martín Duarte", "martin@demo.example")
OTHER: Final = ("Laura Gómez", "laura@demo.example")
_WORK_DAYS: Final = 5


@dataclass(frozen=True)
class DemoGoogle:
    """What the local Google and the demo company both know; made once per installation."""

    control: str = field(repr=False)
    client_secret: str = field(repr=False)
    grant: str = field(repr=False)

    @classmethod
    def kept(cls, secret: SecretSource) -> DemoGoogle:
        """From the state folder."""
        names = ("demo_google_control", "demo_google_secret", "demo_google_grant")
        return cls(*(secret(name, _token) for name in names))


def google_environment(base_url: str) -> dict[str, str]:
    """The settings that lead every service there instead of to Google; what the operator sets goes before."""
    addresses = GoogleAddresses.at(base_url)
    return {
        "NEXUS_GOOGLE_API_URL": addresses.api,
        "NEXUS_GOOGLE_CONSENT_URL": addresses.consent,
        "NEXUS_GOOGLE_TOKEN_URL": addresses.token,
        "NEXUS_GOOGLE_REVOKE_URL": addresses.revoke,
    }


def local_google(google: DemoGoogle, port: int, now: datetime) -> bytes:
    """Its configuration file: who has an account, and what is in their calendars this week."""
    people = [
        {
            "email": email,
            "name": name,
            "zone": ZONE,
            "calendars": [
                {"id": email, "summary": name, "zone": ZONE, "events": events},
                {"id": f"equipo.{email}", "summary": "Equipo", "zone": ZONE},
            ],
            "refresh_tokens": grants,
        }
        for (name, email), events, grants in ((SELLER, _week(now), [google.grant]), (OTHER, [], []))
    ]
    config = {
        "token": google.control,
        "port": port,
        "people": people,
        "clients": [{"client_id": CLIENT, "client_secret": google.client_secret}],
    }
    return json.dumps(config).encode()


async def connect_calendar(database: Database, keyring: Keyring, tenant_id: int, google: DemoGoogle) -> None:
    """Once: a calendar that was let go stays so. The local Google forgets, so all is asked anew."""
    now = datetime.now(ZoneInfo("UTC"))
    async with database.tenant(tenant_id) as tx:
        if await read_credential(tx, keyring, CLIENT_ID) is not None:
            await tx.run(mirror.SQL["start_over"], now=now)
            return
        await store_credential(tx, keyring, CLIENT_ID, Secret(CLIENT))
        await store_credential(tx, keyring, CLIENT_SECRET, Secret(google.client_secret))
        seller = next((one for one in await active_sellers(tx) if one.name == SELLER[0]), None)
        if seller is None or seller.user_id is None:
            return
        await store_credential(tx, keyring, seller_grant_name(seller.id), Secret(google.grant))
        named = NamedSeller(seller.id, seller.user_id, seller.name)
        who = Principal(TenantId(tenant_id), UserId(seller.user_id), "closer")
        await write_connection(tx, named, Connected("oauth", SELLER[1], SELLER[0], ZONE), who, now)


def _week(now: datetime) -> list[JsonObject]:
    """Two weeks of lunches, a dentist and a class that does not keep anybody busy."""
    monday = now.astimezone(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= timedelta(days=monday.weekday())
    days = [monday + timedelta(days=7 * week + day) for week in range(2) for day in range(_WORK_DAYS)]
    lunches = [_event(f"lunch{index:05d}", day, "Almuerzo", 13, 14) for index, day in enumerate(days)]
    return [
        *lunches,
        _event("dentist00001", days[1], "Dentista", 16, 17),
        _event("dentist00002", days[7], "Dentista", 10, 11),
        _event("gym000000001", days[3], "Gimnasio", 9, 10, transparency="transparent"),
    ]


def _event(event_id: str, day: datetime, summary: str, start: int, end: int, **more: str) -> JsonObject:
    begins, ends = ({"dateTime": day.replace(hour=hour).isoformat(), "timeZone": ZONE} for hour in (start, end))
    event: JsonObject = {"id": event_id, "status": "confirmed", "summary": summary, "start": begins, "end": ends}
    return {**event, "eventType": "default", **more}


def _token() -> str:
    return secrets.token_urlsafe(24)

"""The ceo at the desk: logged in through the API, with the records and the live events that a browser would have."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import httpx
import msgspec
import socketio

from nexus.instance.demo_tenant import Login

AHEAD: Final = timedelta(days=60)
PAGE: Final = "100"

Item = TypeVar("Item")


@dataclass(frozen=True)
class LeadCard:
    """What the API says of a lead."""

    id: int
    full_name: str | None
    phone: str | None
    stage_key: str
    interest: str | None
    score: int | None
    need: str | None


@dataclass(frozen=True)
class MeetingCard:
    """What the API says of a meeting."""

    id: int
    lead_id: int | None
    seller_name: str
    status: str
    starts_at: datetime


@dataclass(frozen=True)
class ClientCard:
    """What the API says of a client."""

    id: int
    lead_id: int | None
    full_name: str


@dataclass(frozen=True)
class Records:
    """The customer's records; None where there is none (yet)."""

    lead: LeadCard | None
    meeting: MeetingCard | None
    client: ClientCard | None


@dataclass(frozen=True)
class _Page:
    items: list[object]


@dataclass(frozen=True)
class _Conversation:
    id: int
    lead_id: int | None


@dataclass(frozen=True)
class _Message:
    id: int
    direction: str


class Desk:
    """Made by `open_desk`. `events` are the names heard so far, in order."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.events: list[str] = []

    async def records(self, phone: str) -> Records:
        """The records of the customer with that number."""
        leads = await self._list("/crm/leads", LeadCard)
        lead = next((lead for lead in leads if lead.phone == phone), None)
        if lead is None:
            return Records(None, None, None)
        now = datetime.now(UTC)
        window = {"from": now.isoformat(), "to": (now + AHEAD).isoformat()}
        meetings = await self._list("/agenda/events", MeetingCard, window)
        clients = await self._list("/crm/clients", ClientCard)
        return Records(
            lead,
            next((meeting for meeting in meetings if meeting.lead_id == lead.id), None),
            next((client for client in clients if client.lead_id == lead.id), None),
        )

    async def messages_in(self, lead_id: int) -> int:
        """How many messages of the customer the conversation holds."""
        conversations = await self._list("/chat/conversations", _Conversation)
        number = next(one.id for one in conversations if one.lead_id == lead_id)
        messages = await self._list(f"/chat/conversations/{number}/messages", _Message)
        return sum(message.direction == "in" for message in messages)

    def hear(self, name: object, *_: object) -> None:
        """Note a live event."""
        self.events.append(str(name))

    async def _list(self, path: str, item: type[Item], query: dict[str, str] | None = None) -> list[Item]:
        answer = await self._http.get(path, params={"limit": PAGE, **(query or {})})
        page = msgspec.json.decode(answer.raise_for_status().content, type=_Page)
        return msgspec.convert(page.items, list[item])


@asynccontextmanager
async def open_desk(api_url: str, login: Login) -> AsyncGenerator[Desk]:
    """Log in, listen, and log out at the end."""
    headers = {"Origin": api_url, "X-Nexus-CSRF": "1"}
    async with httpx.AsyncClient(base_url=api_url, headers=headers, timeout=15, trust_env=False) as http:
        answer = await http.post("/auth/login", json={"email": login.email, "password": login.password})
        answer.raise_for_status()
        desk = Desk(http)
        ear = socketio.AsyncClient(reconnection=True)
        ear.on("*", desk.hear)  # pyright: ignore[reportUnknownMemberType]
        cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        await ear.connect(api_url, headers={"Cookie": cookies, "Origin": api_url}, transports=["websocket"])
        try:
            yield desk
        finally:
            await ear.disconnect()
            await http.post("/auth/logout", json={})

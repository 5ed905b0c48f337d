"""The peer: the app that most teams would write, on FastAPI and SQLAlchemy's async ORM, doing what ours does.

Session cookie checked against its row, slowapi with Redis, an audit line, models validated on the way out: each by the
library's own first example. No tenancy wall below it: it works as the owner, which row level security does not bind.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict
from slowapi import Limiter, _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded
from sqlalchemy import JSON, BigInteger, DateTime, Identity, Integer, Numeric, String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.keyring import parse_keys
from core.secret import Secret


class Base(DeclarativeBase):
    """The tables, as the ORM sees them."""


class LeadRow(Base):
    """A lead."""

    __tablename__ = "leads"
    tenant_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    full_name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    company: Mapped[str | None]
    stage_key: Mapped[str] = mapped_column(String, default="new")
    owner_user_id: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String, default="manual")
    language: Mapped[str | None]
    interest: Mapped[str | None]
    score: Mapped[int | None]
    need: Mapped[str | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    currency: Mapped[str | None]
    social_links: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SessionRow(Base):
    """Somebody logged in."""

    __tablename__ = "sessions"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(Integer)
    user_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class EventRow(Base):
    """An audit line."""

    __tablename__ = "system_events"
    tenant_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    action: Mapped[str]
    severity: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    subject: Mapped[str | None]


class LeadIn(BaseModel):
    """What creates a lead."""

    full_name: str
    phone: str
    email: str
    company: str


class LeadOut(BaseModel):
    """What a lead looks like outside."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    full_name: str | None
    phone: str | None
    email: str | None
    company: str | None
    stage_key: str
    owner_user_id: int | None
    source: str
    language: str | None
    interest: str | None
    score: int | None
    need: str | None
    value: Decimal | None
    currency: str | None
    social_links: dict[str, object]
    created_at: datetime
    updated_at: datetime


def _client(request: Request) -> str:
    return request.headers.get("x-forwarded-for", "")


limiter = Limiter(key_func=_client, storage_uri=os.environ.get("PEER_REDIS_URL", "memory://"))


async def session_of(request: Request) -> AsyncGenerator[AsyncSession]:
    """A unit of work for one request."""
    async with request.app.state.sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(session_of)]


async def logged_in(request: Request, session: Session) -> SessionRow:
    """Who asks; 401 for nobody."""
    try:
        claims = jwt.decode(
            request.cookies.get("nexus_session", ""), request.app.state.key, algorithms=["HS256"], audience="nexus-web"
        )
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error
    row = await session.scalar(select(SessionRow).where(SessionRow.id == UUID(claims["jti"])))
    if row is None or row.revoked_at is not None or row.expires_at < datetime.now(UTC):
        raise HTTPException(401)
    return row


Who = Annotated[SessionRow, Depends(logged_in)]


def app() -> FastAPI:
    """Factory for uvicorn."""

    @contextlib.asynccontextmanager
    async def lifespan(api: FastAPI) -> AsyncGenerator[None]:
        engine = create_async_engine(os.environ["PEER_DATABASE_URL"], pool_size=10)
        api.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
        api.state.key = parse_keys(Secret(os.environ["NEXUS_JWT_KEYS"]), minimum=32)[0].material
        yield
        await engine.dispose()

    api = FastAPI(lifespan=lifespan, openapi_url=None)
    api.state.limiter = limiter
    api.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)  # pyright: ignore[reportArgumentType] - slowapi's own example

    @api.get("/healthz")
    async def get_health() -> Response:
        return Response()

    @api.get("/leads")
    @limiter.limit("100/minute")  # pyright: ignore[reportUntypedFunctionDecorator] - slowapi is not typed
    async def get_leads(request: Request, session: Session, who: Who, limit: int = 50) -> list[LeadOut]:  # noqa: ARG001 - slowapi reads it
        query = select(LeadRow).where(LeadRow.tenant_id == who.tenant_id, LeadRow.deleted_at.is_(None))
        rows = await session.scalars(query.order_by(LeadRow.id.desc()).limit(limit))
        leads = [LeadOut.model_validate(row) for row in rows]
        await _audit(session, who, "leads.list", "leads")
        return leads

    @api.get("/leads/{lead_id}")
    async def get_lead(lead_id: int, session: Session, who: Who) -> LeadOut:
        query = select(LeadRow).where(LeadRow.tenant_id == who.tenant_id, LeadRow.id == lead_id)
        row = await session.scalar(query)
        if row is None:
            raise HTTPException(404)
        await _audit(session, who, "leads.read", f"lead:{lead_id}")
        return LeadOut.model_validate(row)

    @api.post("/leads", status_code=201)
    async def post_lead(body: LeadIn, session: Session, who: Who) -> LeadOut:
        row = LeadRow(tenant_id=who.tenant_id, **body.model_dump())
        session.add(row)
        await session.flush()
        await _audit(session, who, "leads.create", f"lead:{row.id}")
        return LeadOut.model_validate(row)

    return api


async def _audit(session: AsyncSession, who: SessionRow, action: str, subject: str) -> None:
    line = EventRow(tenant_id=who.tenant_id, action=action, severity="info", user_id=who.user_id, subject=subject)
    session.add(line)
    await session.commit()

"""Fills the template database, once per run; every test's database is a copy of it."""

from orchestrator_service.db import evolve


async def prepare(owner_url: str) -> None:
    """Bring the empty database at `owner_url` (as nexus_owner) to today's schema."""
    await evolve(owner_url)

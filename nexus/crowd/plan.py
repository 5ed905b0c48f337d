"""How large a crowd is, over how many companies and days, and which of the endless ones (`random`). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.errors import BadInput
from nexus.crowd.countries import PER_COMPANY

MOST_COMPANIES: Final = 10_000
MOST_DAYS: Final = 3_650


@dataclass(frozen=True)
class Plan:
    """Leads are numbered from 0 over all companies: lead n is of the company at place n % tenants.

    So the ids of every company grow with the time at which its leads came, and the companies lie mixed on the disk.
    """

    leads: int
    tenants: int
    days: int
    random: int
    chunk: int = 10_000  # leads that are written together, in one transaction

    def __post_init__(self) -> None:
        if not 1 <= self.tenants <= MOST_COMPANIES or not self.tenants <= self.leads <= self.tenants * PER_COMPANY:
            raise BadInput(f"Each of 1 to {MOST_COMPANIES:,} companies gets 1 to {PER_COMPANY:,} leads.")
        if not 1 <= self.days <= MOST_DAYS:
            raise BadInput(f"The leads came over 1 to {MOST_DAYS:,} days.")

    @property
    def chunks(self) -> int:
        """How many transactions it takes."""
        return -(-self.leads // self.chunk)

    def numbers(self, chunk: int) -> range:
        """The leads of a chunk."""
        return range(chunk * self.chunk, min(self.leads, (chunk + 1) * self.chunk))

    def of_company(self, place: int) -> int:
        """How many leads the company at that place gets."""
        return self.leads // self.tenants + (place < self.leads % self.tenants)

    def email(self, role: str, place: int) -> str:
        """The login of somebody of a company: of another plan's company it is another one."""
        return f"{role}{place}@crowd-{self.random}-{self.leads}-{self.tenants}-{self.days}.example"


@dataclass(frozen=True)
class Company:
    """The ids that the rows of a company's leads name. `owners` are users, `sellers` with the user of each."""

    tenant_id: int
    place: int
    channel_id: int
    users: tuple[int, ...]
    owners: tuple[int, ...]
    sellers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Frame:
    """What every chunk of one filling shares. Ids of the crowd's rows follow from `first_id` and the lead's number."""

    plan: Plan
    companies: tuple[Company, ...]
    first_id: int
    now: datetime

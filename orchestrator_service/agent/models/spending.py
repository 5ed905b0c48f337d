"""What the company's models took today and this month, and whether the day's cap leaves room for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from core.database import TenantTransaction
from core.model_calls import Caps, Spending, day_began, is_reached, month_began, read_caps, spent_since
from core.resilience import optional

NOTHING: Final = Spending(Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class SpendingNow:
    """`resumes_at` is when the next day begins in the company's zone."""

    caps: Caps
    today: Spending
    month: Spending
    resumes_at: datetime

    @property
    def paused(self) -> bool:
        """Whether the agent asks no model any more today."""
        return is_reached(self.today, self.caps.day_cost_cap, self.caps.day_token_cap)


async def read_spending(tx: TenantTransaction, *, now: datetime) -> SpendingNow:
    """What was spent until now; nothing where the book is missing, without which no model is asked.

    Raises NotFound where the company has no settings.
    """
    caps = await read_caps(tx)
    began = day_began(now, caps.zone)
    today = await optional(tx, partial(spent_since, tx, began), missing=NOTHING)
    month = await optional(tx, partial(spent_since, tx, month_began(now, caps.zone)), missing=NOTHING)
    return SpendingNow(caps, today, month, began + timedelta(days=1))

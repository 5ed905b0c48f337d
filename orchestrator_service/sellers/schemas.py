"""Sellers on the wire."""

from __future__ import annotations

from pydantic import BaseModel

from orchestrator_service.sellers.models import Seller


class SellerView(BaseModel):
    """Whose agenda it is; `zone` is an IANA name."""

    id: int
    user_id: int | None
    name: str
    zone: str
    active: bool

    @classmethod
    def of(cls, seller: Seller) -> SellerView:
        """The seller."""
        return cls.model_validate(seller, from_attributes=True)

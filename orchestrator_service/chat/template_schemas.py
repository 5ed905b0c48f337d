"""Writing with a template, on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.paging import LARGEST_ID
from orchestrator_service.chat.schemas import MessageView
from orchestrator_service.chat.template_writing import Offered, OfferedToLead
from orchestrator_service.templates.schemas import TemplateId, TemplateView, Values


class TemplateBody(BaseModel):
    """`POST …/templates`: a template with the values of its variables, by key."""

    model_config = ConfigDict(extra="forbid")

    template_id: TemplateId
    values: Values = {}


class StartBody(TemplateBody):
    """`POST /chat/conversations`: to whom."""

    lead_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]


class OfferedView(BaseModel):
    """A template that may be sent; `values` is what its variables most likely say here, empty: to be typed."""

    template: TemplateView
    values: dict[str, str]

    @classmethod
    def of(cls, offered: Offered) -> OfferedView:
        """The offer."""
        return cls(template=TemplateView.of(offered.template), values=dict(offered.values))


class OfferedListView(BaseModel):
    """What may be sent; `reachable` is false where the lead has no address that can be written to."""

    reachable: bool
    items: list[OfferedView]

    @classmethod
    def of(cls, found: OfferedToLead) -> OfferedListView:
        """The offers."""
        return cls(reachable=found.reachable, items=[OfferedView.of(one) for one in found.offered])


class StartedView(BaseModel):
    """The conversation that was begun or gone on with, and its message."""

    conversation_id: int
    message: MessageView

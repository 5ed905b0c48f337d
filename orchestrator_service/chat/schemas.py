"""Conversations on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from core.paging import DEFAULT_PAGE, LARGEST_ID, LARGEST_PAGE, Page, id_cursor, moment_cursor
from core.sending_rules import RefusalCode
from core.whatsapp import TEXT_LIMIT
from orchestrator_service.chat.announce import ConversationState
from orchestrator_service.chat.drafts import Draft
from orchestrator_service.chat.reading import AgentMode, ConversationCard, MessageCard, Stretch, Wanted
from orchestrator_service.chat.steering import ReadState

_Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT, pattern=r"^[^\x00]*$")
]


class ConversationView(BaseModel):
    """A line of the inbox; `unread` stops counting at 100, `window_open_until` may be past.

    `handle` is the number as people write it, or the user's name; `refusal` is what keeps every message from leaving;
    `agent_mode` is the conversation's own, null where the company's holds. `marketing_opted_out`: no advertising.
    """

    id: int
    channel_id: int
    lead_id: int | None
    status: str
    needs_person: bool
    agent_paused_until: datetime | None
    language: str | None
    last_inbound_at: datetime | None
    last_message_at: datetime
    contact_name: str | None
    lead_name: str | None
    owner_user_id: int | None
    stage_key: str | None
    last_body: str | None
    last_direction: str | None
    last_status: str | None
    last_author: str | None
    last_author_user_id: int | None
    last_type: str | None
    last_message_id: int | None
    handle: str | None
    interest: str | None
    score: int | None
    turn_state: str | None
    agent_mode: AgentMode | None
    waiting_since: datetime | None
    unread: int
    read_through_id: int | None
    window_open_until: datetime | None
    refusal: RefusalCode | None
    marketing_opted_out: bool

    @classmethod
    def of(cls, card: ConversationCard) -> ConversationView:
        """The line."""
        return cls.model_validate(card, from_attributes=True)


class ListQuery(BaseModel):
    """What `GET /chat/conversations` is asked for."""

    model_config = ConfigDict(extra="forbid")

    needs_person: bool | None = None
    mine: bool = False
    unassigned: bool = False
    status: Literal["open", "closed"] | None = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")] | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None

    def wanted(self) -> Wanted:
        """As the slice takes it."""
        return Wanted(self.needs_person, self.mine, self.unassigned, self.status, self.q or None)

    def cursor_of(self, card: ConversationCard) -> str:
        """Where the list goes on after a line."""
        waiting = card.waiting_since if self.needs_person else None
        return moment_cursor(waiting or card.last_message_at, card.id)


class MediaView(BaseModel):
    """The file of a message: `GET /chat/media/{id}` where `state` is `stored`; `reason` says why it is not to be had.

    `words` is what it says or shows, where `words_state` is `ready`; they are waited for while it is `waiting`.
    """

    id: int
    state: Literal["waiting", "stored", "refused", "gone"]
    reason: str | None
    media_type: str | None
    size_bytes: int | None
    filename: str | None
    words_state: Literal["none", "waiting", "ready", "failed"]
    words: str | None


class MessageView(BaseModel):
    """One message. `content` is the type's own object; `verdict` is the screen's; `media` its file, where listed."""

    id: int
    direction: str
    author: str
    author_user_id: int | None
    type: str
    body: str
    content: dict[str, JsonValue]
    reply_id: str | None
    status: str
    error_code: str | None
    verdict: dict[str, JsonValue] | None
    turn_id: int | None
    created_at: datetime
    media: MediaView | None

    @classmethod
    def of(cls, card: MessageCard) -> MessageView:
        """The message."""
        return cls.model_validate(card, from_attributes=True)


class MessagesQuery(BaseModel):
    """What `GET …/messages` is asked for: at most one of `cursor` (older), `after` (newer) and `around` a message."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
    after: Annotated[str, StringConstraints(max_length=200)] | None = None
    around: Annotated[int, Field(ge=1, le=LARGEST_ID - 1)] | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.cursor, self.after, self.around)) > 1:
            raise ValueError("name one place")
        return self


class MessagesView(Page[MessageView]):
    """Messages, newest first. `next_cursor` leads to the older ones, `newer_cursor` (as `after`) to the newer ones."""

    newer_cursor: str | None

    @classmethod
    def of(cls, found: Stretch) -> MessagesView:
        """The stretch."""
        messages = found.messages
        return cls(
            items=[MessageView.of(message) for message in messages],
            next_cursor=id_cursor(messages[-1].id) if found.older else None,
            newer_cursor=id_cursor(messages[0].id) if found.newer else None,
        )


class HandoverView(BaseModel):
    """Who answers: the agent, unless it is paused."""

    id: int
    agent_paused_until: datetime | None
    needs_person: bool

    @classmethod
    def of(cls, state: ConversationState) -> HandoverView:
        """The state."""
        return cls(id=state.id, agent_paused_until=state.agent_paused_until, needs_person=state.needs_person)


class StateView(HandoverView):
    """How a conversation stands after the team did something with it."""

    status: str
    owner_user_id: int | None
    agent_mode: AgentMode | None

    @classmethod
    def of(cls, state: ConversationState) -> StateView:
        """The state."""
        return cls(
            id=state.id,
            agent_paused_until=state.agent_paused_until,
            needs_person=state.needs_person,
            status=state.status,
            owner_user_id=state.owner_user_id,
            agent_mode=state.agent_mode,
        )


class ReadView(BaseModel):
    """How far the caller has read; `unread` stops counting at 100."""

    read_through_id: int
    unread: int

    @classmethod
    def of(cls, state: ReadState) -> ReadView:
        """The state."""
        return cls.model_validate(state, from_attributes=True)


class TextBody(BaseModel):
    """What a person writes."""

    model_config = ConfigDict(extra="forbid")

    text: _Text


class AssignBody(BaseModel):
    """`POST …/assign`: whose it shall be; null: nobody's."""

    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None


class ChangeBody(BaseModel):
    """`PATCH /chat/conversations/{id}`: how the agent works there; null: as in the whole company."""

    model_config = ConfigDict(extra="forbid")

    agent_mode: AgentMode | None


class ReadBody(BaseModel):
    """`POST …/read`: up to which message; left out: all of it."""

    model_config = ConfigDict(extra="forbid")

    through_id: Annotated[int, Field(ge=0, le=LARGEST_ID)] | None = None


class ChoiceView(BaseModel):
    """Something to tap under the reply."""

    id: str
    title: str
    description: str | None


class DraftView(BaseModel):
    """What the agent proposes to say; `turn_id` names it when it is approved or discarded."""

    turn_id: int
    proposed_at: datetime
    text: str
    choices: list[ChoiceView]


class WaitingDraftView(BaseModel):
    """`GET …/draft`: null where none waits."""

    draft: DraftView | None

    @classmethod
    def of(cls, draft: Draft | None) -> WaitingDraftView:
        """The draft."""
        return cls.model_validate({"draft": asdict(draft) if draft else None})


class DiscardBody(BaseModel):
    """`POST …/draft/discard`: which draft was looked at."""

    model_config = ConfigDict(extra="forbid")

    turn_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]


class ApproveBody(DiscardBody):
    """`POST …/draft/approve`: with `text` the reply leaves in these words."""

    text: _Text | None = None

"""From a stored message to what the provider is asked to send. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from core.whatsapp import (
    Button,
    ListRow,
    Outgoing,
    OutgoingButtons,
    OutgoingList,
    OutgoingTemplate,
    OutgoingText,
)
from core.whatsapp_files import FileKind, OutgoingFile, kind_of
from core.whatsapp_templates import ButtonKind, HeaderKind, TemplateButton, TemplateHeader
from whatsapp_service.delivery.uploading import FileToSend


class Choice(BaseModel):
    """Something to tap."""

    model_config = ConfigDict(frozen=True)
    id: str
    title: str
    description: str | None = None


class ButtonsContent(BaseModel):
    """`chat_messages.content` of type `buttons`."""

    choices: tuple[Choice, ...]


class ListContent(BaseModel):
    """`chat_messages.content` of type `list`; `button` opens it."""

    button: str
    choices: tuple[Choice, ...]


class HeaderContent(BaseModel):
    """What fills a template's header."""

    kind: HeaderKind
    value: str
    name: str | None = None


class ButtonContent(BaseModel):
    """What a template's button needs."""

    index: int
    kind: ButtonKind
    value: str


class TemplateContent(BaseModel):
    """`chat_messages.content` of type `template`; what the conversation shows besides (`shown`) is not read here."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    header: HeaderContent | None = None
    buttons: tuple[ButtonContent, ...] = ()

    def outgoing(self) -> OutgoingTemplate:
        """As the port takes it. Raises ValueError."""
        header = TemplateHeader(self.header.kind, self.header.value, self.header.name) if self.header else None
        buttons = tuple(TemplateButton(button.index, button.kind, button.value) for button in self.buttons)
        return OutgoingTemplate(self.name, self.language, self.parameters, self.names, header, buttons)


MessageType: TypeAlias = Literal["text", "buttons", "list", "image", "video", "audio", "document", "template"]


def _of_file(kind: FileKind, caption: str, file: FileToSend) -> OutgoingFile | None:
    """What the file is decides, not what the message calls it: both were written together."""
    if kind_of(file.media_type) != kind:
        raise ValueError(f"a file of type {file.media_type} is not sent as {kind}")
    if file.provider_media_id is None:
        return None
    return OutgoingFile(kind, file.provider_media_id, caption or None, file.filename)


def outgoing_of(message_type: str, body: str, content: object, file: FileToSend | None = None) -> Outgoing | None:
    """The provider-neutral message; None where its file has to be handed over first.

    Raises ValueError for a type that cannot be sent or content that breaks a limit.
    """
    match message_type:
        case "image" | "video" | "audio" | "document" if file is not None:
            return _of_file(message_type, body, file)
        case "text":
            return OutgoingText(body)
        case "buttons":
            buttons = ButtonsContent.model_validate(content)
            return OutgoingButtons(body, tuple(Button(choice.id, choice.title) for choice in buttons.choices))
        case "list":
            listed = ListContent.model_validate(content)
            rows = tuple(ListRow(choice.id, choice.title, choice.description) for choice in listed.choices)
            return OutgoingList(body, listed.button, rows)
        case "template":
            return TemplateContent.model_validate(content).outgoing()
        case _:
            raise ValueError(f"messages of type {message_type!r} are not sent")

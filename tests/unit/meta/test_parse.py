"""Meta's webhooks in the normalised contract: the same values as YCloud's, and no bytes at all raise."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from core.inbound_events import read_delivery, read_stored
from core.meta.parse import LONGEST_EVENT_ID, parse_delivery
from core.whatsapp import (
    ConsentChange,
    Echo,
    Event,
    HistoryItem,
    IdentityChange,
    InboundMessage,
    JsonObject,
    NumberChange,
    NumberEvent,
    OtherEvent,
    Payload,
    Recipient,
    StatusUpdate,
    TemplateEvent,
    Unsupported,
)
from core.ycloud.parse import parse as parse_ycloud
from tests.support.meta_words import as_meta, webhook
from tests.support.mutations import mutations

if TYPE_CHECKING:
    from core.whatsapp import Json, ProviderName

FIXTURES = Path(__file__).parents[2] / "fixtures" / "contracts"
META: dict[str, JsonObject] = json.loads((FIXTURES / "meta_whatsapp.json").read_text())["examples"]
YCLOUD: dict[str, JsonObject] = json.loads((FIXTURES / "ycloud.webhooks.examples.json").read_text())["events"]
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
NUMBER = "+5491130001000"
BY_EXAMPLE: dict[str, type[Payload]] = {
    "status_delivered": StatusUpdate,
    "status_failed": StatusUpdate,
    "smb_message_echo": Echo,
}


def one(body: object) -> Event:
    parts = parse_delivery(json.dumps(body).encode(), received_at=NOW)
    assert len(parts) == 1
    return parts[0].event


def news(kind: str, value: JsonObject) -> Payload:
    (part,) = parse_delivery(webhook(value, kind=kind), received_at=NOW)
    return part.event.payload


@pytest.mark.parametrize("name", META)
def test_each_example_of_metas_becomes_its_variant(name: str) -> None:
    parts = parse_delivery(json.dumps(META[name]).encode())
    assert len(parts) == (2 if name == "batched_two_messages" else 1)
    for part in parts:
        assert type(part.event.payload) is BY_EXAMPLE.get(name, InboundMessage)
        assert part.event.number_id == "106540352242922"


@pytest.mark.parametrize("name", [name for name in YCLOUD if name != "unknown_future_event"])
def test_what_both_providers_tell_reads_the_same(name: str) -> None:
    ycloud = parse_ycloud(json.dumps(YCLOUD[name]).encode()).payload
    meta = one(as_meta(YCLOUD[name], number=NUMBER)).payload
    assert comparable(meta) == comparable(ycloud)


def comparable(payload: Payload) -> object:  # noqa: PLR0911 - one line for each kind
    """The payload without what the two providers cannot tell alike: own ids, the `+`, a status' own words."""
    match payload:
        case InboundMessage(sender=sender):
            bare = replace(sender, phone=_bare(sender.phone))
            ours = _bare(payload.business_number)
            return replace(payload, provider_id="", sender=bare, business_number=ours)
        case Echo(recipient=to):
            bare = Recipient(to=_bare(to.to), user_id=to.user_id) if to else None
            return replace(payload, provider_id="", recipient=bare, business_number=_bare(payload.business_number))
        case HistoryItem(message=InboundMessage() | Echo() as message):
            return (payload.phase, payload.progress, comparable(message))
        case StatusUpdate():
            code = payload.error_code if (payload.error_code or "").isdigit() else None
            return (payload.wamid, payload.external_id, payload.status, code, payload.occurred_at)
        case TemplateEvent():
            return (payload.name, payload.language, payload.category, payload.previous_category, payload.reason)
        case ConsentChange():
            return (_bare(payload.phone), payload.allowed, payload.marketing_only)
        case _:
            return payload


def _bare(number: str | None) -> str:
    return (number or "").lstrip("+")


def test_a_body_with_many_entries_changes_and_items_is_as_many_events() -> None:
    both = json.loads(json.dumps(META["text"]))
    value = both["entry"][0]["changes"][0]["value"]
    other = {"id": "wamid.SECOND", "from": "5491166666666", "from_user_id": "AR.2"}
    value["messages"].append({**value["messages"][0], **other})
    value["contacts"].append({"wa_id": "5491166666666", "profile": {"name": "Otra"}})
    value["statuses"] = [{"id": "wamid.OUT", "status": "sent", "timestamp": "1795359605"}]
    both["entry"] += json.loads(json.dumps(META["smb_message_echo"]))["entry"]
    parts = parse_delivery(json.dumps(both).encode())
    kinds = [type(part.event.payload) for part in parts]
    assert kinds == [InboundMessage, InboundMessage, StatusUpdate, Echo]
    senders = [part.event.payload.sender.name for part in parts if isinstance(part.event.payload, InboundMessage)]
    assert senders == ["Lucía Gómez", "Otra"]
    assert len({part.event.id for part in parts}) == 4
    assert b"wamid.SECOND" not in parts[0].body


def test_a_stored_part_is_read_again_as_the_same_one_event() -> None:
    for example in [*META.values(), *(as_meta(event, number=NUMBER) for event in YCLOUD.values())]:
        for part in parse_delivery(json.dumps(example).encode(), received_at=NOW):
            again = parse_delivery(part.body, received_at=NOW)
            assert again == (part,)


def test_a_retry_that_groups_items_otherwise_has_the_same_ids_and_digests() -> None:
    batch = json.loads(json.dumps(META["batched_two_messages"]))
    told = [(part.event.id, part.digest) for part in parse_delivery(json.dumps(batch).encode())]
    changes = batch["entry"][0]["changes"]
    for change in changes:
        change["value"]["contacts"] = []
    alone: list[tuple[str, bytes]] = []
    for change in changes:
        batch["entry"][0]["changes"] = [change]
        alone += [(part.event.id, part.digest) for part in parse_delivery(json.dumps(batch).encode())]
    assert alone == told


def test_a_status_is_an_event_for_each_word_and_moment() -> None:
    def ident(**changed: Json) -> str:
        status: JsonObject = {"id": "wamid.OUT", "status": "sent", "timestamp": "1795359605", **changed}
        return parse_delivery(webhook({"statuses": [status]}))[0].event.id

    idents = {ident(), ident(status="read"), ident(timestamp="1795359606"), ident(id="wamid.O2")}
    assert len(idents) == 4
    assert ident(recipient_id="1") == ident()
    assert len(ident(id="w" * 500)) <= LONGEST_EVENT_ID


def test_a_person_without_phone_is_known_by_user_id_and_username() -> None:
    value: JsonObject = {
        "contacts": [{"user_id": "AR.1", "profile": {"name": "Lucía", "username": "lucia.g"}}],
        "messages": [
            {"from_user_id": "AR.1", "id": "w1", "timestamp": "1795359600", "type": "text", "text": {"body": "a"}}
        ],
    }
    payload = news("messages", value)
    assert isinstance(payload, InboundMessage)
    sender = payload.sender
    assert (sender.phone, sender.user_id, sender.username, sender.name) == (None, "AR.1", "lucia.g", "Lucía")


def test_another_writing_of_the_number_is_the_same_contact_and_a_strangers_is_not() -> None:
    def name(wa_id: str) -> str | None:
        value: JsonObject = {
            "contacts": [{"wa_id": wa_id, "profile": {"name": "Lucía"}}],
            "messages": [
                {"from": "5491155512345", "id": "w1", "timestamp": "1", "type": "text", "text": {"body": "a"}}
            ],
        }
        payload = news("messages", value)
        assert isinstance(payload, InboundMessage)
        return payload.sender.name

    assert name("541155512345") == "Lucía"
    assert name("5491166666666") is None


def test_a_changed_number_or_user_id_links_the_two() -> None:
    system: JsonObject = {"type": "user_changed_number", "body": "A changed", "wa_id": "5491155599999"}
    value: JsonObject = {"messages": [{"from": "5491155512345", "id": "w", "type": "system", "system": system}]}
    payload = news("messages", value)
    assert isinstance(payload, InboundMessage)
    assert payload.number_change == NumberChange("5491155599999", None)
    for item in (
        {"wa_id": "5491155512345", "user_id": {"previous": "AR.1", "current": "AR.2"}},
        {"wa_id": "5491155512345", "previous": "AR.1", "current": "AR.2"},
    ):
        told = news("user_id_update", {"user_id_update": [cast("Json", item)]})
        assert isinstance(told, IdentityChange)
        assert (told.sender.user_id, told.change) == ("AR.2", NumberChange(None, "AR.1"))
    assert isinstance(news("user_id_update", {"user_id_update": [{"current": "AR.2"}]}), OtherEvent)


def test_news_of_our_number_and_account_are_told_alike() -> None:
    quality = news(
        "phone_number_quality_update",
        {"display_phone_number": "5491130001000", "event": "FLAGGED", "current_limit": "TIER_1K"},
    )
    assert isinstance(quality, NumberEvent)
    assert (quality.business_number, quality.status, quality.limit) == ("5491130001000", "FLAGGED", "TIER_1K")
    renamed = news("phone_number_name_update", {"decision": "APPROVED", "requested_verified_name": "Clínica Sol"})
    assert isinstance(renamed, NumberEvent)
    assert (renamed.name, renamed.status) == ("Clínica Sol", "APPROVED")
    refused = news("phone_number_name_update", {"decision": "REJECTED", "requested_verified_name": "X"})
    assert isinstance(refused, NumberEvent)
    assert (refused.name, refused.status) == (None, "REJECTED")
    banned = news("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}})
    assert isinstance(banned, NumberEvent)
    assert (banned.status, banned.waba_id) == ("DISABLED_UPDATE", "102290129340398")
    ycloud = parse_ycloud(
        json.dumps(
            {
                "id": "evt_000001",
                "type": "whatsapp.phone_number.quality_updated",
                "whatsappPhoneNumber": {
                    "phoneNumber": NUMBER, "wabaId": "1", "qualityRating": "RED", "verifiedName": "Clínica Sol",
                    "messagingLimit": "TIER_1K", "qualityUpdateEvent": "FLAGGED",
                },
            }
        ).encode()
    ).payload  # fmt: skip
    assert isinstance(ycloud, NumberEvent)
    assert (ycloud.quality, ycloud.name, ycloud.limit, ycloud.status) == ("RED", "Clínica Sol", "TIER_1K", "FLAGGED")


def test_history_is_one_event_a_message_and_one_for_mere_progress() -> None:
    def message(ident: str, sender: str) -> JsonObject:
        return {"from": sender, "id": ident, "timestamp": "1795359600", "type": "text", "text": {"body": ident}}

    threads: list[Json] = [
        {"id": "5491155512345", "messages": [message("h1", "5491155512345"), message("h2", "5491130001000")]}
    ]
    chunk: JsonObject = {"metadata": {"phase": 0, "chunk_order": 1, "progress": 55}, "threads": threads}
    bare: JsonObject = {"metadata": {"phase": 2, "progress": 100}, "threads": []}
    parts = parse_delivery(webhook({"history": [chunk, bare]}, kind="history"), received_at=NOW)
    said, typed, progress = (part.event.payload for part in parts)
    assert isinstance(said, HistoryItem)
    assert isinstance(said.message, InboundMessage)
    assert isinstance(typed, HistoryItem)
    assert isinstance(typed.message, Echo)
    assert typed.message.recipient == Recipient(to="5491155512345")
    assert progress == HistoryItem("2", "100", None)
    assert [part.event.id for part in parts][:2] == ["history:h1", "history:h2"]


def test_unknown_fields_types_and_statuses_survive() -> None:
    odd = news("messages", {"messages": [{"id": "w", "type": "hologram", "hologram": {"size": 3}, "new": 1}]})
    assert isinstance(odd, InboundMessage)
    assert (odd.type, odd.content, odd.sent_at) == ("hologram", {"size": 3}, NOW)
    played = news("messages", {"statuses": [{"id": "w", "status": "played"}]})
    assert isinstance(played, StatusUpdate)
    assert played.status == "played"
    assert isinstance(news("brand_new_field", {"x": 1}), Unsupported)
    assert isinstance(news("messages", {"errors": [{"code": 1}]}), OtherEvent)
    assert isinstance(news("flows", {"event": "x"}), OtherEvent)


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"object":"page","entry":[{"changes":[{}]}]}'])
def test_what_is_no_event_of_whatsapps_is_kept_under_a_stable_id(body: bytes) -> None:
    (part,) = parse_delivery(body)
    assert isinstance(part.event.payload, Unsupported)
    assert parse_delivery(body)[0].event.id == part.event.id


def test_a_body_of_too_many_items_is_kept_whole() -> None:
    items: list[Json] = [{"id": f"{number}"} for number in range(10_001)]
    (part,) = parse_delivery(webhook({"messages": items}))
    assert isinstance(part.event.payload, Unsupported)


@pytest.mark.parametrize("provider", ["ycloud", "meta"])
def test_ten_thousand_mutated_bodies_raise_nothing_and_can_be_stored(provider: ProviderName) -> None:
    examples = [*YCLOUD.values()] if provider == "ycloud" else [*META.values()]
    examples += [as_meta(event, number=NUMBER) for event in YCLOUD.values()] if provider == "meta" else []
    for body in mutations(examples, 20261127, 10_000):
        for delivered in read_delivery(provider, body, received_at=NOW):
            assert delivered.event.id
            event = read_stored(provider, delivered.body, received_at=NOW)
            assert event.id == delivered.event.id
            content = getattr(event.payload, "content", {})
            assert "\x00" not in json.dumps(content, allow_nan=False, ensure_ascii=False).encode().decode()

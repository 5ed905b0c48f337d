"""Parsing: the contract's 38 deliveries land in the right variant, and no bytes at all raise."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.whatsapp import (
    ConsentChange,
    Echo,
    Event,
    HistoryItem,
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
from core.ycloud.parse import parse

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "ycloud.webhooks.examples.json"
EXAMPLES: dict[str, JsonObject] = json.loads(CONTRACT.read_text(encoding="utf-8"))["events"]
BY_TYPE: dict[str, type[Payload]] = {
    "whatsapp.inbound_message.received": InboundMessage,
    "whatsapp.message.updated": StatusUpdate,
    "whatsapp.smb.message.echoes": Echo,
    "whatsapp.smb.history": HistoryItem,
    "whatsapp.template.reviewed": TemplateEvent,
    "whatsapp.template.category_updated": TemplateEvent,
    "whatsapp.user.preferences": ConsentChange,
    "whatsapp.something.new": Unsupported,
}
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def parsed(event: JsonObject) -> Event:
    return parse(json.dumps(event).encode())


def inbound(name: str) -> InboundMessage:
    payload = parsed(EXAMPLES[name]).payload
    assert isinstance(payload, InboundMessage)
    return payload


def status(name: str) -> StatusUpdate:
    payload = parsed(EXAMPLES[name]).payload
    assert isinstance(payload, StatusUpdate)
    return payload


def changed_message(**changes: object) -> bytes:
    event = json.loads(json.dumps(EXAMPLES["text"]))
    event["whatsappInboundMessage"] |= changes
    return json.dumps(event).encode()


def test_the_contract_has_38_examples() -> None:
    assert len(EXAMPLES) == 38


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_becomes_its_variant_with_its_id_type_and_time(name: str) -> None:
    event = parsed(EXAMPLES[name])
    assert type(event.payload) is BY_TYPE[str(EXAMPLES[name]["type"])]
    assert (event.id, event.type) == (EXAMPLES[name]["id"], EXAMPLES[name]["type"])
    assert event.created_at == datetime(2026, 11, 22, 15, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "text", "reply_id"),
    [
        ("text", "Hola! Quiero info del plan Pro 👋", None),
        ("image", "Mi local", None),
        ("audio_voice_note", None, None),
        ("location", "Obelisco, Av. 9 de Julio s/n", None),
        ("contacts", "Juan Pérez", None),
        ("template_quick_reply_button", "Confirmar", "CONFIRM_123"),
        ("interactive_button_reply", "Mar 24, 10:00", "slot:2026-11-24T13:00Z"),
        ("interactive_list_reply", "Pro", "plan:pro"),
        ("interactive_flow_reply", "Sent", None),
        ("reaction", "👍", None),
        ("reaction_removed", None, None),
        ("order", "para hoy", None),
        ("request_welcome", None, None),
        ("unsupported", None, None),
    ],
)
def test_the_text_is_what_a_reader_would_read(name: str, text: str | None, reply_id: str | None) -> None:
    message = inbound(name)
    assert (message.text, message.reply_id) == (text, reply_id)


def test_a_message_carries_who_where_and_when() -> None:
    message = inbound("text")
    assert message.sender.phone == "+5491155512345"
    assert message.sender.user_id == "AR.1502576394655843"
    assert message.sender.name == "Lucía Gómez"
    assert (message.business_number, message.waba_id) == ("+5491130001000", "102030405060708")
    assert message.sent_at == datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def test_a_person_without_phone_is_known_by_user_id_and_username() -> None:
    sender = inbound("text_username_user_without_phone").sender
    assert (sender.phone, sender.user_id, sender.username) == (None, "AR.1502576394655843", "lucia.g")


def test_quotes_reactions_referrals_and_number_changes_are_normalised() -> None:
    assert inbound("text_reply_quoting").quoted_wamid == "wamid.OUT0001"
    assert inbound("reaction").quoted_wamid == "wamid.OUT0003"
    referral = inbound("text_from_ctwa_ad").referral
    assert referral is not None
    assert (referral.source_type, referral.click_id) == ("ad", "ARAkLkA8rmlFeiCktEJQ")
    assert inbound("system_number_changed").number_change == NumberChange("5491155599999", None)


def test_media_keeps_what_is_needed_to_fetch_it() -> None:
    media = inbound("document").media
    assert media is not None
    assert (media.id, media.mime_type, media.filename) == ("900000000000008", "application/pdf", "cuit.pdf")
    assert media.link is not None


def test_the_types_own_object_is_kept() -> None:
    assert inbound("order").content["catalog_id"] == "cat1"
    assert "contacts" in inbound("contacts").content
    assert inbound("unsupported").content["unsupported"] == {"type": "poll_creation"}


def test_a_status_names_our_own_id_its_time_and_its_error() -> None:
    failed = status("status_failed_24h_window")
    assert (failed.external_id, failed.status, failed.error_code) == ("crm:msg:2", "failed", "131047")
    assert failed.occurred_at == datetime(2026, 11, 22, 15, 0, 5, tzinfo=UTC)
    assert status("status_failed_unsubscribed").error_code == "RECIPIENT_UNSUBSCRIBED"


@pytest.mark.parametrize("word", ["played", "", 7])
def test_an_unknown_status_survives(word: object) -> None:
    event = json.loads(json.dumps(EXAMPLES["status_sent"]))
    event["whatsappMessage"]["status"] = word
    payload = parse(json.dumps(event).encode()).payload
    assert isinstance(payload, StatusUpdate)
    assert payload.status == (str(word) if word else "unknown")


def test_an_echo_names_whom_the_business_wrote_to() -> None:
    payload = parsed(EXAMPLES["coexistence_echo_seller_typed_on_phone"]).payload
    assert isinstance(payload, Echo)
    assert payload.recipient == Recipient(to="+5491155512345", user_id="AR.1502576394655843")
    assert payload.text == "Te llamo en 5"


def test_the_older_name_of_the_echo_event_is_read_too() -> None:
    event = EXAMPLES["coexistence_echo_seller_typed_on_phone"] | {"type": "whatsapp.smb.message.created"}
    assert isinstance(parsed(event).payload, Echo)


def test_history_holds_a_message_or_only_progress() -> None:
    old, progress = parsed(EXAMPLES["history_inbound"]).payload, parsed(EXAMPLES["history_chunk_metadata_only"]).payload
    assert isinstance(old, HistoryItem)
    assert isinstance(old.message, InboundMessage)
    assert progress == HistoryItem(phase="2", progress="100", message=None)


def test_history_of_our_own_side_is_an_echo() -> None:
    echo = EXAMPLES["coexistence_echo_seller_typed_on_phone"]
    payload = parsed(echo | {"type": "whatsapp.smb.history", "phase": 0}).payload
    assert isinstance(payload, HistoryItem)
    assert isinstance(payload.message, Echo)
    assert payload.phase == "0"


def test_consent_withdrawn_and_given_back() -> None:
    stop = parsed(EXAMPLES["user_marketing_opt_out"]).payload
    assert stop == ConsentChange("+5491155512345", False, True, "+5491130001000", "102030405060708")
    event: JsonObject = {
        "id": "evt_un_0001",
        "type": "contact.unsubscribe.created",
        "contactUnsubscribeCreated": {"id": "c1", "phoneNumber": "+5491155512345"},
    }
    assert parsed(event).payload == ConsentChange("+5491155512345", False, False, None, None)
    back: JsonObject = {
        "type": "contact.unsubscribe.deleted",
        "contactUnsubscribeDeleted": {"phoneNumber": "+5491155512345"},
    }
    assert parsed(back).payload == ConsentChange("+5491155512345", True, False, None, None)


def test_a_number_event_is_known_and_names_its_number() -> None:
    event: JsonObject = {
        "id": "evt_ph_0001",
        "type": "whatsapp.phone_number.quality_updated",
        "whatsappPhoneNumber": {"phoneNumber": "+5491130001000", "wabaId": "1", "qualityRating": "RED"},
    }
    payload = parsed(event).payload
    assert isinstance(payload, NumberEvent)
    assert (payload.business_number, payload.waba_id, payload.quality) == ("+5491130001000", "1", "RED")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "whatsapp.user.preferences", "whatsappUserPreference": {"value": "perhaps"}},
        {"type": "contact.unsubscribe.created"},
        {"type": "contact.created", "contactCreated": []},
    ],
)
def test_a_known_event_of_an_unexpected_shape_is_kept_whole(event: JsonObject) -> None:
    assert parsed(event).payload == OtherEvent(None, None, event)


@pytest.mark.parametrize("ident", [None, "", 12.5, {}, "x" * 129])
def test_an_unusable_event_id_is_derived_from_the_body(ident: object) -> None:
    raw = json.dumps(EXAMPLES["text"] | {"id": ident}).encode()
    expected = "12.5" if ident == 12.5 else f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert parse(raw).id == expected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b"[" * 200_000, "nested too deeply"),
        (b"9" * 5000, "not JSON"),
    ],
    ids=["empty", "bytes", "list", "deep", "long number"],
)
def test_a_body_that_cannot_be_read_is_unsupported_and_keeps_a_stable_id(raw: bytes, reason: str) -> None:
    event = parse(raw)
    assert event.payload == Unsupported(reason=reason)
    assert event.id == parse(raw).id


@pytest.mark.parametrize(
    "kind",
    [
        "whatsapp.inbound_message.received",
        "whatsapp.message.updated",
        "whatsapp.smb.message.echoes",
        "whatsapp.template.reviewed",
    ],
)
@pytest.mark.parametrize("value", [None, [], "x", {}, {"id": None}, {"id": "no-time"}])
def test_an_event_without_its_object_is_unsupported(kind: str, value: object) -> None:
    keys = ("whatsappInboundMessage", "whatsappMessage", "whatsappTemplate")
    raw = json.dumps({"id": "evt_000001", "type": kind, **dict.fromkeys(keys, value)}).encode()
    assert isinstance(parse(raw).payload, Unsupported)


def test_a_field_of_an_odd_shape_does_not_cost_the_message() -> None:
    raw = changed_message(customerProfile="?", context=[1], referral=7, wamid={}, fromUserId=5, wabaId=True)
    payload = parse(raw).payload
    assert isinstance(payload, InboundMessage)
    assert payload.text == "Hola! Quiero info del plan Pro 👋"
    assert (payload.wamid, payload.sender.name, payload.sender.user_id) == (None, None, "5")


def test_a_type_never_seen_keeps_its_own_object() -> None:
    payload = parse(changed_message(type="hologram", hologram={"size": 3})).payload
    assert isinstance(payload, InboundMessage)
    assert (payload.type, payload.text, payload.content) == ("hologram", None, {"size": 3})


@pytest.mark.parametrize("own", [{}, {"type": "list_reply"}, {"type": "list_reply", "list_reply": "x"}, {"type": 1}])
def test_an_interactive_answer_without_its_reply_has_no_text(own: JsonObject) -> None:
    payload = parse(changed_message(type="interactive", interactive=own)).payload
    assert isinstance(payload, InboundMessage)
    assert (payload.text, payload.reply_id) == (None, None)


def test_what_a_database_would_refuse_is_mended() -> None:
    raw = changed_message(text={"body": "a\x00b\ud83d", "odd": float("inf"), "not": float("nan")})
    payload = parse(raw).payload
    assert isinstance(payload, InboundMessage)
    assert payload.text is not None
    assert "\x00" not in payload.text
    assert payload.text.encode().startswith(b"ab")
    assert (payload.content["odd"], payload.content["not"]) == (None, None)


@pytest.mark.parametrize("sent", ["2026-11-22T15:00:00.000Z", 1_795_359_600, "1795359600000", "2026-11-22T12:00-03:00"])
def test_every_documented_writing_of_a_time_is_read(sent: object) -> None:
    payload = parse(changed_message(sendTime=sent)).payload
    assert isinstance(payload, InboundMessage)
    assert payload.sent_at == datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("sent", [None, "yesterday", True, 10**30, "²", [], "-1"])
def test_without_a_time_the_envelopes_or_the_arrival_counts(sent: object) -> None:
    payload = parse(changed_message(sendTime=sent)).payload
    assert isinstance(payload, InboundMessage)
    assert payload.sent_at == datetime(2026, 11, 22, 15, 0, 1, tzinfo=UTC)
    timeless = json.dumps({"type": "whatsapp.inbound_message.received", "whatsappInboundMessage": {"id": "1"}}).encode()
    late = parse(timeless, received_at=NOW).payload
    assert isinstance(late, InboundMessage)
    assert late.sent_at == NOW


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    assert parse(raw).id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["id", "type", "text", "interactive", "context", "from", "sendTime", "image", "contacts", "system", "status"]
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8)


@given(
    st.sampled_from([*BY_TYPE, "contact.unsubscribe.created", "x"]),
    st.sampled_from(["text", "interactive", "contacts", "image", "system", "reaction", "unsupported", "order"]),
    OBJECTS,
    JSON,
)
def test_no_signed_json_raises_and_all_of_it_can_be_stored(
    kind: str, type_: str, inner: JsonObject, own: object
) -> None:
    body = {"type": type_} | inner | {type_: own}
    keys = ("whatsappInboundMessage", "whatsappMessage", "whatsappTemplate", "whatsappUserPreference")
    raw = json.dumps({"type": kind, **dict.fromkeys(keys, body)}).encode()
    event = parse(raw, received_at=NOW)
    content = getattr(event.payload, "content", {})
    stored = json.dumps(content, allow_nan=False, ensure_ascii=False)
    assert "\x00" not in stored
    assert stored.encode()

"""What strangers send is read or refused, and never breaks the reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from core.directory import Directory
from core.meta.leadgen import LeadNotice, read_notices
from core.whatsapp import JsonObject
from core.wire import objects_at
from orchestrator_service.lead_sources.form_post import faults_of, new_token, read_fields, read_token
from orchestrator_service.lead_sources.hook import UnreadableLead, is_email, read_lead
from orchestrator_service.lead_sources.models import FormField, FormSettings
from tests.support.mutations import mutations

DIRECTORY = Directory(b"d" * 32)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LEAD: JsonObject = {
    "data": {"name": " Ana\n Ruiz ", "phone": 5491155500001, "email": "no", "message": "a" * 3000, "language": "pt"}
}
NOTICE: JsonObject = {"object": "page", "entry": [{"id": "1", "time": 1, "changes": [
    {"field": "leadgen", "value": {"leadgen_id": 7, "page_id": "1"}}, {"field": "feed", "value": {"leadgen_id": 8}},
]}]}  # fmt: skip


def form(**more: object) -> FormSettings:
    fields = [FormField(key="phone", label="T"), FormField(key="email", label="C"), FormField(key="q1", label="P")]
    return FormSettings.model_validate({"title": "Demo", "fields": [one.model_dump() for one in fields], **more})


def test_a_lead_is_read_as_far_as_it_is_text() -> None:
    read = read_lead("m", json.dumps(LEAD).encode())
    assert read.told == {"full_name": "Ana Ruiz", "phone": "5491155500001", "need": "a" * 2000}
    assert (read.language, read.consent) == ("pt", None)
    with pytest.raises(UnreadableLead):
        read_lead("m", b"[1]")


def test_a_thousand_damaged_bodies_are_read_or_refused() -> None:
    refused = 0
    for damaged in mutations([LEAD, NOTICE], 11, 1000):
        read_fields(damaged)
        read_notices(damaged)
        try:
            read_lead("m", damaged)
        except UnreadableLead:
            refused += 1
    assert 100 < refused < 900


def test_notices_are_of_leads_alone_each_once_and_ids_are_numbers() -> None:
    doubled = {**NOTICE, "entry": [*objects_at(NOTICE, "entry"), *objects_at(NOTICE, "entry")]}
    assert read_notices(json.dumps(doubled).encode()) == (LeadNotice("7", "1"),)
    assert read_notices(json.dumps({**NOTICE, "object": "whatsapp_business_account"}).encode()) is None
    strange = json.dumps(NOTICE).replace("7", '"../me"').encode()
    assert read_notices(strange) == (), "what goes into an address of Graph's is a number"


def test_a_form_knows_when_it_was_shown_and_nobody_else_says_so() -> None:
    token = new_token(DIRECTORY, "key", NOW)
    stamp = read_token(DIRECTORY, "key", token, NOW + timedelta(seconds=5))
    assert stamp is not None
    assert stamp.age == timedelta(seconds=5)
    older = f"{int(NOW.timestamp()) - 60}.{token.partition('.')[2]}"
    for bad in ("", "1.2.3", older, token[:-1], f"{token}é"):
        assert read_token(DIRECTORY, "key", bad, NOW) is None, bad
    assert read_token(DIRECTORY, "other", token, NOW) is None


def test_somebody_who_cannot_be_answered_is_asked_again() -> None:
    assert faults_of(form(), {"q1": "x"}, "AR") == {"phone": "missing"}
    assert faults_of(form(), {"email": "a@b.co"}, "AR") == {}
    assert faults_of(form(consent="Yes"), {"phone": "1155512345", "email": "a b@c.d"}, "AR") == {
        "email": "email",
        "consent": "consent",
    }


@pytest.mark.parametrize(("text", "is_one"), [("a@b.co", True), ("a@b", False), ("@b.co", False), ("a b@c.co", False)])
def test_the_least_that_no_address_lacks(text: str, *, is_one: bool) -> None:
    assert is_email(text) is is_one

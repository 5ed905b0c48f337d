"""Outgoing messages: written as the contract's examples, and impossible to make beyond WhatsApp's limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.whatsapp import (
    Button,
    JsonObject,
    ListRow,
    Outgoing,
    OutgoingButtons,
    OutgoingList,
    OutgoingTemplate,
    OutgoingText,
    Recipient,
)
from core.whatsapp_templates import TemplateButton, TemplateHeader
from core.ycloud.outgoing import send_request

if TYPE_CHECKING:
    from collections.abc import Callable

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "ycloud.api.examples.json"
EXAMPLES: dict[str, JsonObject] = json.loads(CONTRACT.read_text(encoding="utf-8"))["send_requests"]
NUMBER = "+5491130001000"
TO = Recipient(to="+5491155512345", user_id="AR.1502576394655843")
SLOTS = (Button("slot:1", "Mar 10:00"), Button("slot:2", "Mar 11:30"), Button("slot:none", "Otro"))


@pytest.mark.parametrize(
    ("name", "message", "external_id"),
    [
        ("text", OutgoingText("Hola *Lucía*"), "crm:msg:1"),
        (
            "template_body_vars",
            OutgoingTemplate("recordatorio_cita", "es_AR", ("Lucía", "martes 24, 10:00")),
            "crm:hsm:9",
        ),
        ("interactive_buttons", OutgoingButtons("¿Cuál horario te sirve?", SLOTS, "Hora Argentina"), "x"),
    ],
)
def test_a_message_is_written_as_the_example(name: str, message: Outgoing, external_id: str) -> None:
    assert send_request(NUMBER, TO, message, external_id) == EXAMPLES[name] | {"externalId": external_id}


def test_a_template_fills_header_body_and_buttons_as_the_example() -> None:
    message = OutgoingTemplate(
        "promo_pro",
        "es_AR",
        ("Lucía",),
        header=TemplateHeader("image", "https://cdn.example/p.jpg"),
        buttons=(TemplateButton(0, "quick_reply", "PROMO_YES"), TemplateButton(1, "url", "pro?u=1")),
    )
    example = EXAMPLES["template_header_image_and_buttons"]["template"]
    assert isinstance(example, dict)
    written = send_request(NUMBER, TO, message, "x")["template"]
    assert written == example | {"language": {"code": "es_AR", "policy": "deterministic"}}


def test_a_template_that_names_its_variables_is_told_the_names() -> None:
    header = TemplateHeader("text", "Hoy", "dia")
    message = OutgoingTemplate("aviso", "es", ("Ana", "10:00"), ("nombre", "hora"), header)
    template = send_request(NUMBER, TO, message, "x")["template"]
    assert isinstance(template, dict)
    assert template["components"] == [
        {"type": "header", "parameters": [{"type": "text", "text": "Hoy", "parameter_name": "dia"}]},
        {
            "type": "body",
            "parameters": [
                {"type": "text", "text": "Ana", "parameter_name": "nombre"},
                {"type": "text", "text": "10:00", "parameter_name": "hora"},
            ],
        },
    ]


def test_a_list_has_one_section_and_leaves_out_empty_descriptions() -> None:
    message = OutgoingList("Elegí un plan", "Ver planes", (ListRow("a", "Básico", "1 usuario"), ListRow("b", "Pro")))
    rows = [{"id": "a", "title": "Básico", "description": "1 usuario"}, {"id": "b", "title": "Pro"}]
    assert send_request(NUMBER, TO, message, "x")["interactive"] == {
        "type": "list",
        "body": {"text": "Elegí un plan"},
        "action": {"button": "Ver planes", "sections": [{"rows": rows}]},
    }


def test_a_person_without_phone_is_addressed_by_user_id_alone() -> None:
    request = send_request(NUMBER, Recipient(user_id="AR.1"), OutgoingText("Hola"), "x")
    assert request["recipient"] == "AR.1"
    assert "to" not in request


def test_optional_parts_are_left_out() -> None:
    assert "components" not in json.dumps(send_request(NUMBER, TO, OutgoingTemplate("promo", "es"), "x"))
    assert "footer" not in json.dumps(send_request(NUMBER, TO, OutgoingButtons("¿?", SLOTS), "x"))


ALLOWED: list[Callable[[], object]] = [
    lambda: OutgoingText("x" * 4096),
    lambda: OutgoingButtons("x" * 1024, (Button("i" * 256, "t" * 20),), "f" * 60),
    lambda: OutgoingList("x" * 1024, "b" * 20, tuple(ListRow(f"{i}", "t" * 24, "d" * 72) for i in range(10))),
    lambda: OutgoingTemplate("n", "es", ("a    b", "x" * 1024)),
    lambda: TemplateHeader("text", "x" * 60),
    lambda: TemplateHeader("document", "https://cdn.example/p.pdf"),
    lambda: OutgoingTemplate("n", "es", buttons=(TemplateButton(9, "copy_code", "ABC"),)),
]
REFUSED: list[Callable[[], object]] = [
    Recipient,
    lambda: OutgoingText(""),
    lambda: OutgoingText("x" * 4097),
    lambda: OutgoingButtons("x", ()),
    lambda: OutgoingButtons("x", tuple(Button(f"{i}", f"{i}") for i in range(4))),
    lambda: OutgoingButtons("x", (Button("1", "t" * 21),)),
    lambda: OutgoingButtons("x", (Button("", "t"),)),
    lambda: OutgoingButtons("x", (Button("1", "a"), Button("1", "b"))),
    lambda: OutgoingButtons("x", (Button("1", "a"), Button("2", "a"))),
    lambda: OutgoingButtons("x" * 1025, SLOTS),
    lambda: OutgoingButtons("x", SLOTS, "f" * 61),
    lambda: OutgoingList("x", "b", ()),
    lambda: OutgoingList("x", "b" * 21, (ListRow("1", "a"),)),
    lambda: OutgoingList("x", "b", tuple(ListRow(f"{i}", "t") for i in range(11))),
    lambda: OutgoingList("x", "b", (ListRow("1", "t" * 25),)),
    lambda: OutgoingList("x", "b", (ListRow("1", "t", "d" * 73),)),
    lambda: OutgoingList("x", "b", (ListRow("i" * 201, "t"),)),
    lambda: OutgoingList("x", "b", (ListRow("1", "a"), ListRow("1", "b"))),
    lambda: OutgoingList("x" * 1025, "b", (ListRow("1", "a"),)),
    lambda: OutgoingTemplate("", "es"),
    lambda: OutgoingTemplate("n", ""),
    lambda: OutgoingTemplate("n", "es", ("a", "b"), ("first",)),
    lambda: OutgoingTemplate("n", "es", buttons=(TemplateButton(0, "url", "a"), TemplateButton(0, "quick_reply", "b"))),
    lambda: TemplateHeader("text", "x" * 61),
    lambda: TemplateHeader("image", "http://cdn.example/p.jpg"),
    lambda: TemplateButton(10, "url", "a"),
    lambda: TemplateButton(0, "url", ""),
    lambda: OutgoingTemplate("n", "es", ("x" * 1025,)),
    *[lambda value=value: OutgoingTemplate("n", "es", (value,)) for value in ("", " ", "a\nb", "a\tb", "a     b")],
]


@pytest.mark.parametrize("make", ALLOWED)
def test_what_is_just_inside_the_limits_can_be_made(make: Callable[[], object]) -> None:
    assert make() is not None


@pytest.mark.parametrize("make", REFUSED)
def test_what_whatsapp_would_refuse_cannot_be_made(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()

"""What a template says and needs, whatever its definition holds; and its values judged and rendered."""

from __future__ import annotations

import pytest

from orchestrator_service.templates.definition import read_definition
from orchestrator_service.templates.fills import fill, fill_all, unknown_fields, usual_fill
from orchestrator_service.templates.rendering import flaws, render
from whatsapp_service.delivery.outgoing import outgoing_of

FULL = (
    {"type": "HEADER", "format": "TEXT", "text": "Hola {{1}}", "example": {"header_text": ["Lucía"]}},
    {"type": "BODY", "text": "Turno el {{2}} con {{1}}.", "example": {"body_text": [["Luz", "martes"]]}},
    {"type": "FOOTER", "text": "Clínica Sur"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Confirmo"},
            {"type": "URL", "text": "Ver", "url": "https://x.example/{{1}}", "example": ["https://x.example/7"]},
        ],
    },
)
VALUES = {"header:1": "Ana", "body:1": "Luz", "body:2": "jueves", "button:1": "t/9"}


def test_variables_are_listed_by_place_and_numbered_ones_by_number() -> None:
    definition = read_definition(FULL)
    assert [variable.key for variable in definition.variables] == ["header:1", "body:1", "body:2", "button:1"]
    assert [variable.sample for variable in definition.variables] == ["Lucía", "Luz", "martes", "https://x.example/7"]
    assert definition.unsupported is None


def test_named_variables_keep_their_names_and_order() -> None:
    example = {"body_text_named_params": [{"param_name": "hora", "example": "10:00"}]}
    body = {"type": "body", "text": "{{nombre}}, a las {{hora}}. {{nombre}}", "example": example}
    definition = read_definition([body])
    assert [(one.key, one.sample) for one in definition.variables] == [("body:nombre", None), ("body:hora", "10:00")]
    content = render(
        definition, {"body:nombre": "Ana", "body:hora": "9"}, name="n", language="es", category=None
    ).content
    assert (content["parameters"], content["names"]) == (["Ana", "9"], ["nombre", "hora"])


def test_a_header_with_a_file_wants_its_address() -> None:
    definition = read_definition([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hola"}])
    assert flaws(definition, {}) == {"header:file": "missing"}
    assert flaws(definition, {"header:file": "http://x.example/a.jpg"}) == {"header:file": "not_https"}
    assert flaws(definition, {"header:file": "https://x.example/a.jpg"}) == {}


@pytest.mark.parametrize(
    ("components", "part"),
    [
        ([{"type": "CAROUSEL"}, {"type": "BODY", "text": "x"}], "carousel"),
        ([{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "x"}], "header location"),
        ([{"type": "BODY", "text": "x"}, {"type": "BUTTONS", "buttons": [{"type": "OTP"}]}], "button otp"),
        ([], "body"),
        (["nonsense", {"type": 7}, {"type": "BODY", "text": "x"}], ""),
    ],
)
def test_a_part_that_we_do_not_know_keeps_it_from_being_sent(components: list[object], part: str) -> None:
    assert read_definition(components).unsupported == part


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("a\nb", "bad_whitespace"),
        ("a\tb", "bad_whitespace"),
        ("a     b", "bad_whitespace"),
        ("x" * 1025, "too_long"),
        ("a    b", None),
        ("x" * 1024, None),
    ],
)
def test_each_variable_is_judged_by_itself(value: str, flaw: str | None) -> None:
    definition = read_definition(FULL)
    assert flaws(definition, VALUES | {"body:2": value}) == ({"body:2": flaw} if flaw else {})
    assert flaws(definition, VALUES | {"header:1": "x" * 61}) == {"header:1": "too_long"}
    assert flaws(definition, VALUES | {"body:9": "x"}) == {"body:9": "unknown"}


def test_the_mirror_reads_as_the_customer_reads_it_and_the_sender_takes_its_content() -> None:
    shown = render(read_definition(FULL), VALUES, name="turno", language="es_AR", category="UTILITY")
    assert shown.text == "Hola Ana\n\nTurno el jueves con Luz.\n\nClínica Sur"
    outgoing = outgoing_of("template", shown.text, shown.content)
    assert outgoing == outgoing_of(
        "template",
        "",
        {
            "name": "turno",
            "language": "es_AR",
            "parameters": ["Luz", "jueves"],
            "header": {"kind": "text", "value": "Ana"},
            "buttons": [{"index": 1, "kind": "url", "value": "t/9"}],
        },
    )


def test_values_are_not_read_as_templates_again() -> None:
    shown = render(read_definition(FULL), VALUES | {"body:1": "{{2}}"}, name="n", language="es", category=None)
    assert "con {{2}}." in shown.text


def test_fields_of_the_lead_fill_texts_and_what_is_missing_is_named() -> None:
    facts = {"first_name": "Ana", "need": "dos\n líneas", "company": None}
    assert fill("Hola {{first_name}}: {{need}}", facts).text == "Hola Ana: dos líneas"
    assert fill("{{ company | tu equipo }}", facts).text == "tu equipo"
    assert fill_all({"body:1": "{{company}}", "body:2": "{{company}} {{seller}}"}, facts)[1] == ("company", "seller")
    assert unknown_fields("{{first_name}} {{password}}") == ("password",)


def test_the_first_numbered_variable_is_most_likely_the_name() -> None:
    assert usual_fill(0, "1") == "{{first_name}}"
    assert usual_fill(1, "2") == ""
    assert usual_fill(3, "hora") == "{{meeting_time}}"

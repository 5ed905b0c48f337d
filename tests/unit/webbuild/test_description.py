"""`/openapi.json` is complete (PRODUCT §15): a route that lacks something in its description fails here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY, SchemaRegistry

from core.errors import PROBLEM_MEDIA_TYPE
from core.json_types import Json, JsonObject
from orchestrator_service.routers import ROUTES
from tools.openapi import TARGET

HOME = "urn:nexus:openapi"
BODYLESS = {"204", "206", "303", "304", "416"}


@pytest.fixture(scope="module")
def document() -> JsonObject:
    """As committed; another test holds it to what the API says."""
    return json.loads(TARGET.read_text(encoding="utf-8"))


def at(document: Json, *path: str) -> JsonObject:
    for step in path:
        document = document.get(step, {}) if isinstance(document, dict) else {}
    assert isinstance(document, dict)
    return document


def resolved(document: JsonObject, found: Json) -> JsonObject:
    assert isinstance(found, dict)
    reference = found.get("$ref")
    return at(document, *reference[2:].split("/")) if isinstance(reference, str) else found


def operations(document: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for path in at(document, "paths"):
        for method, operation in at(document, "paths", path).items():
            assert isinstance(operation, dict)
            yield f"{method.upper()} {path}", operation


def lacking(document: JsonObject) -> list[str]:
    """What is missing, by operation."""
    tags = {str(at(tag)["name"]) for tag in cast("list[Json]", document["tags"])}
    found: list[str] = []
    for name, operation in operations(document):
        found += [f"{name}: {part}" for part in ("summary", "description", "operationId") if not operation.get(part)]
        own = cast("list[str]", operation.get("tags") or ["?"])
        found += [f"{name}: tag {tag}" for tag in own if tag not in tags]
        if "security" not in operation:
            found.append(f"{name}: security")
        for parameter in (resolved(document, each) for each in cast("list[Json]", operation.get("parameters", []))):
            if not parameter.get("description"):
                found.append(f"{name}: parameter {parameter['name']}")
        found += [f"{name}: {part}" for part in _lacking_answers(document, operation)]
    return found


def _lacking_answers(document: JsonObject, operation: JsonObject) -> Iterator[str]:
    if "500" not in at(operation, "responses"):
        yield "refusals"
    if "requestBody" in operation:
        yield from (f"body: {part}" for part in _without_example(document, at(operation, "requestBody")))
    for status, given in at(operation, "responses").items():
        answer = resolved(document, given)
        if status >= "400" and status not in BODYLESS:
            schema = at(answer, "content", PROBLEM_MEDIA_TYPE, "schema", "properties", "code")
            if not schema.get("enum"):
                yield f"{status}: codes"
        elif status not in BODYLESS and not at(answer, "content"):
            yield f"{status}: content"
        yield from (f"{status}: {part}" for part in _without_example(document, answer))


def _without_example(document: JsonObject, holder: JsonObject) -> Iterator[str]:
    for media, content in at(holder, "content").items():
        shown = at(content)
        if (
            media.endswith("json")
            and "example" not in shown
            and not resolved(document, shown["schema"]).get("examples")
        ):
            yield f"example of {media}"


def test_nothing_lacks(document: JsonObject) -> None:
    assert lacking(document) == []


def test_operations_have_names_of_their_own(document: JsonObject) -> None:
    names = Counter(str(operation["operationId"]) for _, operation in operations(document))
    assert [name for name, times in names.items() if times > 1] == []


def test_a_lack_is_found(document: JsonObject) -> None:
    bare: JsonObject = {"get": {"responses": {"200": {}, "409": {}}, "parameters": [{"name": "p"}]}}
    poor: JsonObject = {**document, "paths": {"/x": bare}}
    found = lacking(poor)
    assert found == [
        "GET /x: summary", "GET /x: description", "GET /x: operationId", "GET /x: tag ?", "GET /x: security",
        "GET /x: parameter p", "GET /x: refusals", "GET /x: 200: content", "GET /x: 409: codes",
    ]  # fmt: skip


def test_every_example_is_what_its_schema_says(document: JsonObject) -> None:
    registry: SchemaRegistry = EMPTY_REGISTRY.with_resource(HOME, DRAFT202012.create_resource(document))
    wrong: list[str] = []

    def check(where: str, pointer: str, value: Json) -> None:
        validator = Draft202012Validator({"$ref": f"{HOME}#{pointer}"}, registry=registry)
        errors = sorted(validator.iter_errors(value), key=str)
        wrong.extend(f"{where}: {error.json_path} {error.message}"[:200] for error in errors[:2])

    for name, schema in at(document, "components", "schemas").items():
        for value in cast("list[Json]", at(schema).get("examples", [])):
            check(name, f"/components/schemas/{name}", value)
    for name, answer in at(document, "components", "responses").items():
        for media, content in at(answer, "content").items():
            pointer = f"/components/responses/{name}/content/{media.replace('/', '~1')}/schema"
            check(name, pointer, at(content)["example"])
    assert wrong == []


def test_every_body_that_is_shown_is_one_that_the_api_takes(document: JsonObject) -> None:
    wrong: list[str] = []
    for model in {_body_of(route) for route in ROUTES if isinstance(route, APIRoute)} - {None}:
        assert model is not None
        for shown in cast("list[Json]", at(document, "components", "schemas", model.__name__).get("examples", [])):
            try:
                model.model_validate_json(json.dumps(shown))
            except ValueError as error:
                wrong.append(f"{model.__name__}: {error}"[:300])
    assert wrong == []


def _body_of(route: APIRoute) -> type[BaseModel] | None:
    model: object = route.body_field.field_info.annotation if route.body_field else None
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None

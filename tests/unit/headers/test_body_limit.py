"""A body that is too large costs no memory: told by its length, or cut off while it comes."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator

import httpx
from fastapi import FastAPI, Request
from pydantic import BaseModel

from core.body_limit import BodyLimitMiddleware, Upload
from core.problems import install_problems

LARGEST = 1000


class Note(BaseModel):
    text: str


def noting(*, limited: bool = True) -> tuple[httpx.AsyncClient, list[int]]:
    """An app that reads notes, and how long the texts were that reached it."""
    app, seen = FastAPI(), list[int]()
    install_problems(app)

    async def take(note: Note) -> None:
        seen.append(len(note.text))

    app.add_api_route("/notes", take, methods=["POST"])
    if limited:
        app.add_middleware(BodyLimitMiddleware, largest=LARGEST)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test"), seen


async def chunks(count: int) -> AsyncGenerator[bytes]:
    """A body of unknown length, in pieces of a hundred."""
    yield b'{"text": "'
    for _ in range(count):
        yield b"x" * 100
    yield b'"}'


async def test_a_body_that_says_that_it_is_too_large_is_refused_unread() -> None:
    http, seen = noting()
    async with http:
        answer = await http.post("/notes", json={"text": "x" * LARGEST})
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await http.post("/notes", json={"text": "x" * 900})).status_code == 200
    assert seen == [900]


async def test_a_body_that_does_not_say_its_length_is_cut_off() -> None:
    http, seen = noting()
    async with http:
        answer = await http.post("/notes", content=chunks(50), headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        fits = await http.post("/notes", content=chunks(9), headers={"Content-Type": "application/json"})
        assert fits.status_code == 200
    assert seen == [900]


async def test_a_false_length_helps_nobody() -> None:
    http, seen = noting()
    async with http:
        headers = {"Content-Type": "application/json", "Content-Length": "10"}
        assert (await http.post("/notes", content=chunks(50), headers=headers)).status_code == 413
    assert seen == []


async def test_a_path_that_takes_files_has_a_bound_of_its_own_for_its_method_alone() -> None:
    app, seen = FastAPI(), list[int]()
    install_problems(app)

    async def take(request: Request) -> None:
        seen.append(len(await request.body()))

    for path in ("/talks/{talk}/files", "/talks/{talk}/other", "/talks/{talk}/face"):
        app.add_api_route(path, take, methods=["POST", "PUT"])
    uploads = (Upload(re.compile(r"/talks/[0-9]+/files"), 5000), Upload(re.compile("/talks/1/face"), 2000, "PUT"))
    app.add_middleware(BodyLimitMiddleware, largest=LARGEST, uploads=uploads)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        assert (await http.post("/talks/1/files", content=b"x" * 5000)).status_code == 200
        assert (await http.put("/talks/1/face", content=b"x" * 2000)).status_code == 200
        for method, path, size in (
            ("POST", "/talks/1/files", 5001),
            ("PUT", "/talks/1/files", 1001),
            ("PUT", "/talks/1/face", 2001),
            ("POST", "/talks/1/face", 1001),
            ("POST", "/talks/1/other", 1001),
            ("POST", "/talks/x/files", 1001),
            ("POST", "/talks/1/files/", 1001),
        ):
            assert (await http.request(method, path, content=b"x" * size)).status_code == 413
        assert (await http.post("/talks/1/files", content=chunks(60))).status_code == 413
    assert seen == [5000, 2000]


async def test_control_without_the_limit_all_of_it_is_read() -> None:
    http, seen = noting(limited=False)
    async with http:
        assert (await http.post("/notes", json={"text": "x" * LARGEST})).status_code == 200
        unknown = await http.post("/notes", content=chunks(50), headers={"Content-Type": "application/json"})
        assert unknown.status_code == 200
    assert seen == [LARGEST, 5000]

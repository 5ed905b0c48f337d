"""The web app at `/`: the page with its nonce, its files, and what stays the API's."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from core.problems import install_problems
from core.security_headers import SecurityHeadersMiddleware
from orchestrator_service.webapp.build import BuildFolder
from orchestrator_service.webapp.serve import install_webapp

PAGE = '<meta name="nexus-session" content="__NEXUS_SESSION__"><script nonce="__NEXUS_NONCE__"></script>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "webapp"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text(PAGE)
    (built / "icon.svg").write_text("<svg/>")
    (built / "sw.js").write_text("the worker")
    (built / ".build").write_text("stamp")
    for suffix in ("", ".br", ".gz"):
        (built / "assets" / f"app-1a2b.js{suffix}").write_text(f"code{suffix}")
    (built / "docs").mkdir()
    (built / "docs" / "index.html").write_text("the page of the docs")
    (built / "docs" / "start.js").write_text("the start of the docs")
    (tmp_path / "secret.txt").write_text("secret")
    return built


async def nothing() -> list[int]:
    return []


@pytest.fixture
async def browser(folder: Path) -> AsyncGenerator[httpx.AsyncClient]:
    app = FastAPI(docs_url=None, redoc_url=None)
    install_problems(app)
    app.add_api_route("/crm/leads", nothing, methods=["GET"])
    app.add_api_route("/auth/login", nothing, methods=["POST"])
    install_webapp(app, BuildFolder(folder))
    app.add_middleware(SecurityHeadersMiddleware)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/inbox", "/inbox/42", "/register"])
async def test_every_path_of_the_app_is_its_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"


async def test_the_nonce_of_the_policy_is_the_page_s_and_new_each_time(browser: httpx.AsyncClient) -> None:
    seen: set[str] = set()
    for _ in range(2):
        answer = await browser.get("/")
        policy = answer.headers["content-security-policy"]
        assert "microphone=(self)" in answer.headers["permissions-policy"]
        assert "camera=()" in answer.headers["permissions-policy"]
        found = re.search(r"script-src 'self' 'nonce-([\w-]+)'", policy)
        assert found is not None
        assert f'nonce="{found[1]}"' in answer.text
        assert "unsafe" not in policy
        seen.add(found[1])
    assert len(seen) == 2


async def test_a_demo_says_so_in_its_page_and_may_frame_its_phone_alone(folder: Path) -> None:
    (folder / "index.html").write_text(f"<head>{PAGE}</head>")
    policies: list[str] = []
    for frames in ((), ("http://127.0.0.1:8099",)):
        app = FastAPI()
        install_webapp(app, BuildFolder(folder), frames=frames)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as client:
            answer = await client.get("/login")
        assert ("nexus-demo" in answer.text) is bool(frames)
        policies.append(re.sub(r"nonce-[\w-]+", "nonce", answer.headers["content-security-policy"]))
    assert policies[1].replace("frame-src http://127.0.0.1:8099; ", "") == policies[0]
    assert "frame-src" not in policies[0]


async def test_the_page_says_whether_a_session_may_be_there(browser: httpx.AsyncClient) -> None:
    assert 'content="none"' in (await browser.get("/")).text
    assert 'content="some"' in (await browser.get("/", headers={"Cookie": "nexus_session=x"})).text


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", "code.br"),
        ("gzip", "gzip", "code.gz"),
        ("br;q=0, gzip", "gzip", "code.gz"),
        ("identity", None, "code"),
    ],
)
async def test_a_hashed_file_is_kept_for_ever_in_the_best_form(
    browser: httpx.AsyncClient, accepted: str, encoding: str | None, body: str
) -> None:
    async with browser.stream("GET", "/assets/app-1a2b.js", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert raw.decode() == body
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "accept-encoding"


async def test_a_file_without_a_hash_is_asked_for_again(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/icon.svg")
    assert "immutable" not in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("image/svg+xml")


async def test_the_worker_may_load_the_app_s_own_pictures_and_is_asked_for_again(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/sw.js")
    assert "img-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/crm/nothing", "/auth/nothing", "/assets/gone.js", "/socket.io/x", "/nothing.txt", "/.build",
     "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/index.html.br"],
)  # fmt: skip
async def test_what_is_neither_a_page_nor_a_file_stays_a_problem(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_wrong_method_stays_the_api_s_to_answer(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/auth/login")).status_code == 405
    assert (await browser.post("/inbox")).status_code == 404
    assert (await browser.get("/crm/leads")).json() == []


async def test_without_a_build_the_page_says_what_to_do(browser: httpx.AsyncClient, folder: Path) -> None:
    (folder / "index.html").unlink()
    answer = await browser.get("/")
    assert answer.status_code == 503
    assert "uv run nexus up" in answer.text
    assert (await browser.get("/crm/leads")).status_code == 200


async def test_a_build_made_meanwhile_is_served(browser: httpx.AsyncClient, folder: Path) -> None:
    await browser.get("/")
    (folder / "index.html").unlink()
    await browser.get("/")
    (folder / "index.html").write_text("<p>new</p>")
    (folder / "assets" / "new.js").write_text("new")
    assert (await browser.get("/")).text == "<p>new</p>"
    assert (await browser.get("/assets/new.js")).text == "new"


async def test_the_api_s_documentation_has_a_policy_of_its_own_without_inline_or_foreign_code(folder: Path) -> None:
    app = FastAPI(docs_url=None, redoc_url=None)
    install_problems(app)
    install_webapp(app, BuildFolder(folder), docs=True)
    app.add_middleware(SecurityHeadersMiddleware)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as client:
        for path, said in (("/docs", "page"), ("/docs/", "page"), ("/docs/start.js", "start")):
            answer = await client.get(path)
            assert (answer.status_code, answer.text) == (200, f"the {said} of the docs")
            policy = answer.headers["content-security-policy"]
            assert "script-src 'self'; style-src 'self';" in policy
            assert "unsafe" not in policy
            assert "http" not in policy
        assert (await client.get("/docs/other.js")).status_code == 404
        assert (await client.get("/redoc")).status_code == 404
        assert "nonce" in (await client.get("/inbox")).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/docs/", "/docs/index.html", "/docs/start.js", "/redoc"])
async def test_without_documentation_nothing_of_it_is_there(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"

"""A Graph of the test's own: pages with forms whose leads it knows, and faults to order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.json_types import JsonObject

TOKEN = "EAAG-page-token"
PAGE = "153125381133"
FORM = "12312312312"
BASE_URL = "http://127.0.0.1:1/v26.0"


@dataclass
class Graph:
    """`leads` by id; `faults` are answered one by one before anything else. `page_size` makes lists long."""

    leads: dict[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    faults: list[tuple[int, JsonObject]] = field(default_factory=list[tuple[int, JsonObject]])
    page_size: int = 2
    asked: list[str] = field(default_factory=list[str])

    def add(self, leadgen_id: str, **answers: str) -> str:
        data = [{"name": name, "values": [value]} for name, value in answers.items()]
        self.leads[leadgen_id] = {"id": leadgen_id, "form_id": FORM, "ad_name": "Primavera", "field_data": data}
        return leadgen_id

    async def answer(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error": {"code": 190, "type": "OAuthException", "message": "token"}}, 401)
        if self.faults:
            status, content = self.faults.pop(0)
            return JSONResponse(content, status)
        parts = request.path_params["path"].split("/")
        if parts[1:] == ["leadgen_forms"]:
            return JSONResponse({"data": [{"id": FORM}] if parts[0] == PAGE else []})
        if parts[1:] == ["leads"]:
            json.loads(request.query_params["filtering"])
            begin = int(request.query_params.get("after", "0"))
            ids = list(self.leads)[begin : begin + self.page_size]
            more = begin + self.page_size < len(self.leads)
            paging = {"cursors": {"after": str(begin + self.page_size)}, **({"next": "https://x"} if more else {})}
            return JSONResponse({"data": [{"id": one} for one in ids], "paging": paging})
        lead = self.leads.get(parts[0])
        return JSONResponse(lead) if lead else JSONResponse({"error": {"code": 100, "message": "gone"}}, 400)

    def client(self) -> httpx.AsyncClient:
        """What the worker asks it with."""
        app = Starlette(routes=[Route("/v26.0/{path:path}", self.answer)])
        return httpx.AsyncClient(transport=httpx.ASGITransport(app))

"""One suite over both adapters: what the port promises holds whoever the provider is (PRODUCT §7.1, §7.7).

Both are the simulator, which refuses what the contracts forbid; what Meta's alone does stands in `test_meta.py`.
"""

from __future__ import annotations

import inspect
from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import httpx
import pytest

from core.egress import Egress
from core.meta.client import MetaClient
from core.secret import Secret
from core.whatsapp import (
    Accepted,
    Button,
    ForeignTenantError,
    ListRow,
    Media,
    Outgoing,
    OutgoingButtons,
    OutgoingList,
    OutgoingTemplate,
    OutgoingText,
    Recipient,
    Refused,
    Unknown,
    WhatsAppProvider,
)
from core.whatsapp_files import FileKind, OutgoingFile, Uploaded
from core.ycloud.client import YCloudClient
from tests.integration.simulator.simulated import (
    API_KEY,
    META_NUMBER,
    NUMBER,
    PHONE,
    TOKEN_OF_META,
    Simulator,
    free_port,
)

if TYPE_CHECKING:
    from core.whatsapp import JsonObject

TO = Recipient(to=PHONE)
TEXT = OutgoingText("Hola *Lucía*")
MESSAGES: list[Outgoing] = [
    TEXT,
    OutgoingText("x" * 4096),
    OutgoingButtons("¿Cuál te sirve?", (Button("slot:1", "Mar 10:00"), Button("slot:2", "Otro")), "Hora Argentina"),
    OutgoingButtons("b" * 1024, tuple(Button(f"{i}" * 256, f"{i}" * 20) for i in range(3)), "f" * 60),
    OutgoingList("Elige un plan", "Ver planes", (ListRow("plan:pro", "Pro", "Hasta 10"), ListRow("plan:uno", "Uno"))),
    OutgoingList("b" * 1024, "b" * 20, tuple(ListRow(f"{i}" * 200, f"{i}" * 24, "d" * 72) for i in range(10))),
    OutgoingTemplate("recordatorio_cita", "es_AR", ("Lucía", "martes 24, 10:00")),
]
ADAPTERS: tuple[type, ...] = (YCloudClient, MetaClient)
METHODS = [name for name in vars(WhatsAppProvider) if not name.startswith("_")]


class Rig(Protocol):
    """A provider that the tests can look into and trip up."""

    @abstractmethod
    def client(
        self, *, key: str | None = None, seconds: float = 5.0, base_url: str | None = None
    ) -> WhatsAppProvider: ...
    @abstractmethod
    async def bodies(self) -> list[JsonObject]: ...
    @abstractmethod
    async def fail(self, *, status: int = 0, drop: bool = False, late_seconds: float = 0.0) -> None: ...
    @abstractmethod
    async def inbound(self) -> str: ...
    @abstractmethod
    async def file(self) -> Media: ...


@dataclass
class YCloudRig:
    simulator: Simulator

    def client(self, *, key: str | None = None, seconds: float = 5.0, base_url: str | None = None) -> WhatsAppProvider:
        return YCloudClient(
            self.simulator.http,
            api_key=Secret(key) if key else API_KEY,
            business_number=NUMBER,
            tenant_id=7,
            base_url=base_url or f"{self.simulator.base_url}/v2",
            send_timeout=httpx.Timeout(seconds),
            egress=Egress(),
        )

    async def bodies(self) -> list[JsonObject]:
        entries = await self.simulator.read("/journal", kind="request")
        return [cast("JsonObject", entry["body"]) for entry in entries if "external_id" in entry]

    async def fail(self, *, status: int = 0, drop: bool = False, late_seconds: float = 0.0) -> None:
        if drop:
            await self.simulator.order("/fail", account=NUMBER, mode="drop")
        elif late_seconds:
            await self.simulator.order("/fail", account=NUMBER, mode="timeout", seconds=late_seconds)
        else:
            retry = 3 if status == 429 else None
            await self.simulator.order("/fail", account=NUMBER, mode="status", status=status, retry_after=retry)

    async def inbound(self) -> str:
        done = await self.simulator.order("/inbound", account=NUMBER, phone=PHONE, name="Lucía", text="Hola")
        return str(done["wamid"])

    async def file(self) -> Media:
        return Media(None, f"{self.simulator.base_url}/v2/no/such/file", None, None, None, None)


@dataclass
class MetaRig:
    simulator: Simulator

    def client(self, *, key: str | None = None, seconds: float = 5.0, base_url: str | None = None) -> WhatsAppProvider:
        return self.simulator.meta(key=Secret(key) if key else TOKEN_OF_META, seconds=seconds, base_url=base_url)

    async def bodies(self) -> list[JsonObject]:
        entries = await self.simulator.read("/journal", kind="request")
        return [cast("JsonObject", entry["body"]) for entry in entries if "external_id" in entry]

    async def fail(self, *, status: int = 0, drop: bool = False, late_seconds: float = 0.0) -> None:
        if drop:
            await self.simulator.order("/fail", account=META_NUMBER, mode="drop")
        elif late_seconds:
            await self.simulator.order("/fail", account=META_NUMBER, mode="timeout", seconds=late_seconds)
        else:
            retry, code = (3, "SENDER_RATE_LIMITED") if status == 429 else (None, "INTERNAL_ERROR")
            await self.simulator.order(
                "/fail", account=META_NUMBER, mode="status", status=status, code=code, retry_after=retry
            )

    async def inbound(self) -> str:
        done = await self.simulator.order("/inbound", account=META_NUMBER, phone=PHONE, name="Lucía", text="Hola")
        return str(done["wamid"])

    async def file(self) -> Media:
        return Media("404", None, None, None, None, None)


@pytest.fixture(params=["ycloud", "meta"])
def rig(simulator: Simulator, request: pytest.FixtureRequest) -> Rig:
    return YCloudRig(simulator) if request.param == "ycloud" else MetaRig(simulator)


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("method", METHODS)
def test_every_adapter_has_the_ports_signatures(adapter: type, method: str) -> None:
    port, own = getattr(WhatsAppProvider, method), getattr(adapter, method)
    assert inspect.signature(own) == inspect.signature(port)
    tenant = inspect.signature(own).parameters["tenant_id"]
    assert (tenant.kind, tenant.default) == (inspect.Parameter.KEYWORD_ONLY, None)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
@pytest.mark.parametrize("tenant_id", [None, 7])
async def test_every_kind_of_message_is_taken_at_its_limits(rig: Rig, message: Outgoing, tenant_id: int | None) -> None:
    await rig.inbound()
    result = await rig.client().send(TO, message, external_id="nexus:7:1", tenant_id=tenant_id)
    assert isinstance(result, Accepted)
    assert result.wamid
    body = (await rig.bodies())[-1]
    assert body.get("externalId", body.get("biz_opaque_callback_data")) == "nexus:7:1"
    assert (body["to"], body.get("recipient")) == (PHONE, None)


@pytest.mark.parametrize(
    ("media_type", "kind", "caption"),
    [
        ("image/png", "image", "¡Hola!"),
        ("video/mp4", "video", "c" * 1024),
        ("audio/ogg", "audio", None),
        ("application/pdf", "document", "Precios"),
    ],
)
async def test_a_file_is_handed_over_and_sent_by_its_id(
    rig: Rig, media_type: str, kind: FileKind, caption: str | None
) -> None:
    await rig.inbound()
    content = bytes(range(256)) + b"\r\n--\r\n"
    uploaded = await rig.client().upload(content, media_type, tenant_id=7)
    assert isinstance(uploaded, Uploaded)
    again = await rig.client().upload(content, media_type)
    assert isinstance(again, Uploaded)
    assert again != uploaded
    message = OutgoingFile(kind, uploaded.media_id, caption, "Lista de precios.pdf")
    assert isinstance(await rig.client().send(TO, message, external_id="f", tenant_id=7), Accepted)
    body = (await rig.bodies())[-1]
    own: JsonObject = {"id": uploaded.media_id}
    if caption:
        own["caption"] = caption
    if kind == "document":
        own["filename"] = "Lista de precios.pdf"
    assert (body["type"], body[kind]) == (kind, own)


async def test_what_was_never_uploaded_or_not_by_this_key_is_refused_for_good(rig: Rig) -> None:
    await rig.inbound()
    for result in (
        await rig.client().send(TO, OutgoingFile("image", "nobodys"), external_id="x"),
        await rig.client(key="wrong").upload(b"%PDF-", "application/pdf"),
    ):
        assert isinstance(result, Refused)
        assert not result.retryable
    nowhere = rig.client(base_url=f"http://127.0.0.1:{free_port()}/v2")
    assert await nowhere.upload(b"%PDF-", "application/pdf") == Refused(
        "CONNECTION_FAILED", "ConnectError", None, retryable=True
    )


async def test_a_person_without_phone_is_addressed_by_user_id(rig: Rig) -> None:
    await rig.client().send(Recipient(user_id="AR.1"), TEXT, external_id="x")
    body = (await rig.bodies())[-1]
    assert (body.get("to"), body["recipient"]) == (None, "AR.1")


async def test_a_rate_limit_is_refused_with_its_wait_and_may_be_tried_again(rig: Rig) -> None:
    await rig.fail(status=429)
    result = await rig.client().send(TO, TEXT, external_id="x")
    assert isinstance(result, Refused)
    assert (result.retry_after_seconds, result.retryable) == (3, True)
    assert len(await rig.bodies()) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_a_server_error_is_unknown_and_sent_once(rig: Rig, status: int) -> None:
    await rig.fail(status=status)
    assert isinstance(await rig.client().send(TO, TEXT, external_id="x"), Unknown)
    assert len(await rig.bodies()) == 1


async def test_an_answer_that_never_comes_is_unknown(rig: Rig) -> None:
    await rig.fail(drop=True)
    assert isinstance(await rig.client().send(TO, TEXT, external_id="x"), Unknown)
    await rig.fail(late_seconds=0.4)
    assert await rig.client(seconds=0.1).send(TO, TEXT, external_id="y") == Unknown("ReadTimeout")
    assert len(await rig.bodies()) == 2


async def test_no_connection_is_surely_no_send(rig: Rig) -> None:
    nowhere = rig.client(base_url=f"http://127.0.0.1:{free_port()}/v2")
    refused = Refused("CONNECTION_FAILED", "ConnectError", None, retryable=True)
    assert await nowhere.send(TO, TEXT, external_id="x") == refused
    assert await nowhere.list_templates() == refused


async def test_a_wrong_key_and_a_paused_template_are_refused_for_good(rig: Rig) -> None:
    wrong = await rig.client(key="wrong").send(TO, TEXT, external_id="x")
    paused = await rig.client().send(TO, OutgoingTemplate("promo", "es_AR"), external_id="y")
    for result in (wrong, paused):
        assert isinstance(result, Refused)
        assert not result.retryable


async def test_courtesies_are_shown_for_a_known_message_and_false_for_another(rig: Rig) -> None:
    wamid = await rig.inbound()
    assert await rig.client().mark_read(wamid)
    assert await rig.client().typing(wamid)
    assert not await rig.client().mark_read("wamid.NO")
    assert not await rig.client().typing("../../x")


async def test_templates_are_listed_to_the_last_page_whatever_their_status(rig: Rig) -> None:
    templates = await rig.client().list_templates()
    assert isinstance(templates, tuple)
    assert [(t.name, t.language, t.status, t.category) for t in templates] == [
        ("recordatorio_cita", "es_AR", "APPROVED", "UTILITY"),
        ("promo", "es_AR", "PAUSED", "MARKETING"),
    ]
    assert templates[0].components[0]["text"] == "Hola {{1}}, te esperamos el {{2}}."
    assert isinstance(await rig.client(key="wrong").list_templates(), Refused)


async def test_a_file_that_is_kept_no_more_is_gone(rig: Rig) -> None:
    gone = await rig.client().media(await rig.file(), most_bytes=100)
    assert isinstance(gone, Refused)
    assert gone.code == "gone"
    nameless = await rig.client().media(Media(None, None, None, None, None, None), most_bytes=100)
    assert isinstance(nameless, Refused)
    assert nameless.code == "no_link"


async def test_another_tenant_than_the_bound_one_raises_before_anything_leaves(rig: Rig) -> None:
    client, file = rig.client(), await rig.file()
    for call in (
        client.send(TO, TEXT, external_id="x", tenant_id=8),
        client.mark_read("x", tenant_id=8),
        client.typing("x", tenant_id=8),
        client.list_templates(tenant_id=8),
        client.media(file, most_bytes=1, tenant_id=8),
        client.upload(b"%PDF-", "application/pdf", tenant_id=8),
    ):
        with pytest.raises(ForeignTenantError):
            await call
    assert await rig.bodies() == []


@pytest.mark.parametrize("adapter", ["ycloud", "meta"])
async def test_a_redirect_is_not_followed_so_that_the_key_stays_with_its_host(adapter: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(307, headers={"Location": "http://elsewhere.example/v2"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), follow_redirects=True) as http:
        here = "http://here.example/v2"
        client: WhatsAppProvider = (
            YCloudClient(http, api_key=Secret("k"), business_number=NUMBER, tenant_id=7, base_url=here)
            if adapter == "ycloud"
            else MetaClient(
                http, access_token=Secret("k"), phone_number_id="1", waba_id="2", tenant_id=7, base_url=here
            )
        )
        assert await client.send(TO, TEXT, external_id="x") == Refused("HTTP_307", "", None, retryable=False)
        assert isinstance(await client.list_templates(), Refused)
    assert set(seen) == {"here.example"}

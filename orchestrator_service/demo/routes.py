"""`/demo`: the logins for whoever has the printed token, the phone for the demo company's people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from core.client_address import client_address
from core.demo import Demo
from core.rate_limit import limit
from core.secret import Secret
from core.system_events import NO_TENANT, log_security_event
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Door, LoggedIn
from orchestrator_service.demo.open_door import WrongDemoToken, check_token, demo_of_host, phone_page
from orchestrator_service.demo.schemas import DemoLogins, DemoLoginView, DemoTokenBody, SimulatorView

router = APIRouter(prefix="/demo", tags=["demo"])


async def told_of_demo(request: Request) -> Demo | None:
    """What the launcher told this process; None on every installation but a demo on this machine."""
    demo = request.app.state.demo
    assert demo is None or isinstance(demo, Demo)
    return demo


async def demo_asked(request: Request, demo: Annotated[Demo | None, Depends(told_of_demo)]) -> Demo:
    """The demo, asked by this machine's name; raises NotFound."""
    return demo_of_host(demo, request.headers.get("host", ""))


@router.post("/logins", dependencies=[Depends(limit("10/minute", scope="demo.logins"))])
async def post_demo_logins(
    body: DemoTokenBody, request: Request, door: Door, demo: Annotated[Demo, Depends(demo_asked)]
) -> DemoLogins:
    """The demo company's logins, for the token that the start printed."""
    address = client_address(request.scope, door.trusted_proxies)
    try:
        check_token(demo, Secret(body.token))
    except WrongDemoToken:
        await log_security_event(door.database, "demo.door_refused", tenant_id=NO_TENANT, address=address)
        raise
    await log_security_event(
        door.database, "demo.door_opened", tenant_id=demo.tenant_id, severity="info", address=address
    )
    return DemoLogins(items=[DemoLoginView.of(login) for login in demo.logins])


@router.get("/simulator")
@audit_access("demo.simulator")
async def get_demo_simulator(
    request: Request, principal: LoggedIn, demo: Annotated[Demo | None, Depends(told_of_demo)]
) -> SimulatorView:
    """The phone simulator, for the people of the demo company."""
    return SimulatorView(url=phone_page(demo, principal, request.headers.get("host", "")))

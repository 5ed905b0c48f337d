"""What an account of Meta's has: its templates page by page, and by its id a number or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from nexus.simulator.errors import invalid
from nexus.simulator.meta.files import described
from nexus.simulator.meta.objects import no_object
from nexus.simulator.templates import components_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from core.whatsapp import Json, JsonObject
    from nexus.simulator.calls import Handler
    from nexus.simulator.state import Account
    from nexus.simulator.world import World

MAX_LIMIT: Final = 100
DEFAULT_LIMIT: Final = 25
USUAL_FIELDS: Final = "name,language,status,category"


async def _templates(_: World, account: Account, request: Request) -> Response:
    """`fields` says what is told of each; `after` is the cursor of the page before."""
    if request.path_params["id"] != account.waba_id:
        raise no_object(request.path_params["id"])
    limit, first = _number(request, "limit", DEFAULT_LIMIT), _number(request, "after", 0)
    fields = {"id", *request.query_params.get("fields", USUAL_FIELDS).split(",")}
    shown = account.templates[first : first + min(limit, MAX_LIMIT)]
    after = str(first + len(shown))
    items: list[Json] = []
    for number, template in enumerate(shown, first):
        told: JsonObject = {
            "id": str(1_000_000 + number),
            "name": template.name,
            "language": template.language,
            "status": template.status,
            "category": template.category,
            "components": components_of(template),
            "rejected_reason": template.reason or "NONE",
        }
        items.append({key: value for key, value in told.items() if key in fields})
    paging: JsonObject = {"cursors": {"before": str(first), "after": after}}
    if first + len(shown) < len(account.templates):
        # Meta's own address whoever asked: who follows it instead of the cursor leaves this machine.
        paging["next"] = f"https://graph.facebook.com{request.url.path}?limit={limit}&after={after}"
    return JSONResponse({"data": items, "paging": paging})


async def _named(world: World, account: Account, request: Request) -> Response:
    """The number or a file: Graph knows everything by an id."""
    name: str = request.path_params["id"]
    if name == account.phone_number_id:
        return JSONResponse(
            {
                "id": name,
                "display_phone_number": account.business_number,
                "verified_name": account.name,
                "quality_rating": "GREEN",
                "code_verification_status": "VERIFIED",
                "platform_type": "CLOUD_API",
                "throughput": {"level": "STANDARD"},
                "status": "CONNECTED",
            }
        )
    file = described(world, account, name)
    if file is None:
        raise no_object(name)
    return JSONResponse(file)


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise invalid(name, f"Param {name} must be a number.")
    return int(text[:9])


TABLE: Final[list[tuple[str, str, Handler]]] = [
    ("GET", "/{id}/message_templates", _templates),
    ("GET", "/{id}", _named),
]

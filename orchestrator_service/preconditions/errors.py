"""How a request with a precondition is refused."""

from __future__ import annotations

from core.errors import BadInput, NexusError


class Stale(NexusError):
    """Somebody has changed it since the version that `If-Match` names; `ETag` is that of the present one."""

    status = 412
    code = "stale"
    title = "Precondition Failed"

    def __init__(self, tag: str | None) -> None:
        super().__init__("it has changed since; read it again")
        self._tag = tag

    def headers(self) -> dict[str, str]:
        """What it is now."""
        return {"ETag": self._tag} if self._tag else {}


class NoPrecondition(BadInput):
    """What this route changes has no version: a precondition that cannot be judged is refused, never ignored."""

    code = "no_precondition"

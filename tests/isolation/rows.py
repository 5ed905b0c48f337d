"""What a row of the isolation matrix is, who asks it, and which answer the permission table demands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from uuid import uuid4

from core.json_types import Json
from core.principal import ROLES, Role
from orchestrator_service.auth.permissions import Permission, Scope, scope_of

Actor: TypeAlias = Literal["ceo", "professional", "secretary", "setter", "closer", "anonymous", "pending", "suspended"]
State: TypeAlias = Literal["plain", "own", "colleague", "unassigned", "foreign", "missing"]

ACTORS: tuple[Actor, ...] = (*ROLES, "anonymous", "pending", "suspended")
PLAIN: tuple[State, ...] = ("plain",)
RECORDS: tuple[State, ...] = ("own", "foreign", "missing", "unassigned", "colleague")
MEMBERS: tuple[State, ...] = ("own", "foreign", "missing")


@dataclass(frozen=True)
class Ids:
    """One set of records. `spare_*` may be changed at will; `session` belongs to the asking user where it is own.

    `forgetful` is somebody who waits for a link to a new password, `doomed` a lead that is deleted and restored.
    """

    user: int
    spare_user: int
    lead: int
    spare_lead: int
    client: int
    conversation: int
    spare_conversation: int
    seller: int
    event: int
    view: int
    notification: int
    invitation: int
    forgetful: int
    template: int
    broadcast: int
    spare_broadcast: int
    session: str
    channel: int = 10**12 + 7
    media: int = 10**12 + 7
    turn: int = 10**12 + 7
    day_off: int = 10**12 + 7
    spare_day_off: int = 10**12 + 7
    device: int = 10**12 + 7
    canned: int = 10**12 + 7
    message: int = 10**12 + 7
    document: int = 10**12 + 7
    faq: int = 10**12 + 7
    question: int = 10**12 + 7
    scenario: int = 10**12 + 7
    spare_scenario: int = 10**12 + 7
    evaluation: int = 10**12 + 7
    imported: int = 10**12 + 7
    version: int = 10**12 + 7
    run: int = 10**12 + 7
    transaction: int = 10**12 + 7
    rule: int = 10**12 + 7
    spare_client: int = 10**12 + 7
    survivor: int = 10**12 + 7
    twin: int = 10**12 + 8  # never the survivor itself
    pair: int = 10**12 + 7
    merge: int = 10**12 + 7
    doomed: int = 10**12 + 7
    tag: int = 10**12 + 7
    spare_tag: int = 10**12 + 7
    field: int = 10**12 + 7
    reason: int = 10**12 + 7
    note: int = 10**12 + 7
    spare_note: int = 10**12 + 7
    task: int = 10**12 + 7
    endpoint: int = 10**12 + 7
    spare_endpoint: int = 10**12 + 7
    delivery: int = 10**12 + 7
    source: int = 10**12 + 7
    api_key: int = 10**12 + 7
    bulk: int | str = "00000000-0000-4000-8000-000000000007"


NOTHING = Ids(*([10**12 + 7] * 16), session=str(uuid4()))


@dataclass(frozen=True)
class Sent:
    """What a request carries."""

    path: Mapping[str, int | str] = field(default_factory=dict[str, "int | str"])
    query: Mapping[str, int | str] = field(default_factory=dict[str, "int | str"])
    body: Mapping[str, Json] | None = None


@dataclass(frozen=True)
class Row:
    """One way of asking one route. `ids` are those of the state, `own` the asking user's.

    `absent` is the answer for what does not exist or is out of reach; `also` a further permission that every record but
    the own one needs; `others` whether the scope of the permission opens colleagues' records at all.
    """

    method: str
    path: str
    permission: Permission | None
    ok: int
    sent: Callable[[Ids, Ids], Sent] = lambda _ids, _own: Sent()
    case: str = ""
    states: tuple[State, ...] = PLAIN
    absent: int = 404
    public: bool = False
    also: Permission | None = None
    scope_by: Permission | None = None
    others: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    def __str__(self) -> str:
        return f"{self.method} {self.path}{' by ' + self.case if self.case else ''}"

    def expected(self, actor: Actor, state: State) -> int:
        """The status that the permission table demands."""
        role = role_of(actor)
        if self.public or role is None:
            return self.ok if self.public else 401
        own = state in {"plain", "own"}
        needed = (self.permission,) if own else (self.permission, self.also)
        if any(permission and scope_of(role, permission) is Scope.NONE for permission in needed):
            return 403
        if own:
            return self.ok
        if state in {"foreign", "missing"}:
            return self.absent
        return self.ok if self.others and self._reaches(role, state) else self.absent

    def may_show(self, actor: Actor, marker: Literal["colleague", "unassigned"]) -> bool:
        """Whether an answer may hold such a record's name."""
        role = role_of(actor)
        return role is not None and self._reaches(role, marker)

    def _reaches(self, role: Role, state: State) -> bool:
        permission = self.scope_by or self.permission
        scope = scope_of(role, permission) if permission else Scope.OWN
        return scope >= (Scope.UNASSIGNED_AND_OWN if state == "unassigned" else Scope.TENANT)


def role_of(actor: Actor) -> Role | None:
    """The role of somebody who may come in."""
    return actor if actor in ROLES else None

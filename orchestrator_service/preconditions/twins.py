"""Which `GET` shows what a route edits: an `If-Match` is held against that representation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match

if TYPE_CHECKING:
    from starlette.types import Scope

EDITING: Final = frozenset({"PATCH", "PUT", "DELETE"})
# Edited here, shown there; without an entry, at the same address.
SHOWN_AT: Final[Mapping[str, str]] = {
    "/admin/core/settings/agent": "/admin/core/settings",
    "/admin/core/settings/company": "/admin/core/settings",
    "/admin/core/settings/media": "/admin/core/settings",
    "/admin/core/settings/meetings": "/admin/core/settings",
    "/admin/core/settings/holidays/{day}": "/admin/core/settings/holidays",
    "/admin/core/channels/{channel_id}": "/admin/core/channels",
    "/admin/core/lead-sources/{source_id}": "/admin/core/lead-sources",
    "/admin/core/webhooks/{endpoint_id}": "/admin/core/webhooks",
    "/agent/knowledge/faq/{document_id}": "/agent/knowledge/documents/{document_id}",
    "/agent/knowledge/texts/{document_id}": "/agent/knowledge/documents/{document_id}",
    "/agent/script/draft": "/agent/script",
    "/chat/canned-replies/{canned_id}": "/chat/canned-replies",
    "/chat/triggers/{kind}/{step}": "/chat/triggers",
    "/chat/triggers/reactivation/{step}": "/chat/triggers",
    "/crm/clients/{client_id}/contacts": "/crm/clients/{client_id}",
    "/crm/fields/order": "/crm/fields",
    "/crm/fields/{field_id}": "/crm/fields",
    "/crm/patients/{client_id}/contacts": "/crm/patients/{client_id}",
    "/crm/pipeline/lost-reasons/order": "/crm/pipeline/lost-reasons",
    "/crm/pipeline/lost-reasons/{reason_id}": "/crm/pipeline/lost-reasons",
    "/crm/pipeline/stages/{stage_id}": "/crm/pipeline/stages",
    "/crm/sellers/{seller_id}/days-off/{day_off_id}": "/crm/sellers/{seller_id}",
    "/crm/tags/{tag_id}": "/crm/tags",
    "/crm/transactions/rules/{rule_id}": "/crm/transactions/rules",
    "/crm/views/{view_id}": "/crm/views",
    "/notifications/alerts/company": "/notifications/alerts",
}
# Edits that nothing shows by itself, or that two people cannot lose to one another. `If-Match` is refused there.
NO_TWIN: Final[Mapping[str, str]] = {
    "/admin/core/api-keys/{key_id}": "a withdrawal, which is the same twice",
    "/admin/core/channels/sending": "one switch, set as a whole",
    "/admin/core/credentials/{name}": "a secret is shown to nobody",
    "/admin/core/invitations/{invitation_id}": "a withdrawal, which is the same twice",
    "/admin/core/users/{user_id}": "one field, a role",
    "/admin/core/users/{user_id}/reset-request": "a withdrawal, which is the same twice",
    "/agenda/calendars/{seller_id}": "one field, a calendar's name",
    "/agenda/calendars/{seller_id}/shared": "one field, as above",
    "/agenda/events/{event_id}": "shown in lists alone; its time is guarded by the seller's lock and the database",
    "/agenda/events/{event_id}/url": "one field, an address",
    "/agenda/google/service-account": "a secret is shown to nobody",
    "/auth/sessions/{session_id}": "an end, which is the same twice",
    "/crm/leads/{lead_id}/tags/{tag_id}": "on or off, which is the same twice",
    "/crm/notes/{note_id}": "its author's alone, shown among everything else that happened",
    "/crm/sellers/{seller_id}/targets": "one month's numbers, set as a whole",
    "/crm/tasks/{task_id}": "shown in lists alone; what two people may change differs field by field",
    "/notifications/push/{device_id}": "one's own browser, switched off",
}


@dataclass(frozen=True, slots=True)
class Twin:
    """Where what a route edits is shown; `same`: the edit answers in that same form."""

    path: str
    same: bool


class Twins:
    """The twins of an application's routes."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, APIRoute)]
        shown = {route.path: route.response_model for route in self._routes if "GET" in _methods(route)}
        self._twins = {
            route.path: Twin(path, route.response_model is not None and route.response_model is shown[path])
            for route in self._routes
            if EDITING & _methods(route) and (path := SHOWN_AT.get(route.path, route.path)) in shown
        }

    def of_path(self, path: str) -> Twin | None:
        """The twin of a route by its template."""
        return self._twins.get(path)

    def shown_at(self, scope: Scope) -> str | None:
        """The address of the representation that a request edits; None where there is none, or no such route.

        The scope learns the route, by which the audit names what is refused before the route is reached.
        """
        for route in self._routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                scope.update({**child, "route": route})
                twin = self._twins.get(route.path)
                return twin.path.format(**child["path_params"]) if twin else None
        return None


def _methods(route: APIRoute) -> set[str]:
    return route.methods or set()

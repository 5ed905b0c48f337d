"""The words of `/openapi.json` that belong to no single route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.json_types import Json

API: Final = """The API of Nexus, a CRM whose first salesperson is an agent on WhatsApp.

**Who asks.** A person's session is a cookie, got by `POST /auth/login`; every unsafe request with it carries
`X-Nexus-CSRF: 1` and comes from an allowed origin. What somebody may do follows from the role; a record out of one's
reach is a 404, as is one that does not exist.

**Pages.** Lists take `limit` (100 at most) and `cursor`, and answer `{"items": […], "next_cursor": …}`: ask again with
that cursor until it is null. A page never repeats or leaves out what did not change meanwhile.

**Twice is once.** What creates (201) takes an `Idempotency-Key`. For 24 hours the same person's same key on the same
route gets the first answer again, with `Idempotency-Replayed: true`; with another body it is 422
`idempotency_key_reused`, and while the first request is still at work 409 `idempotency_key_in_use`. Only a success is
kept: after a refusal the key is free.

**Nobody is written over.** What is read has an `ETag`. `If-None-Match` answers 304 where nothing has changed;
`If-Match` on an edit answers 412 `stale`, with the present `ETag`, where something has. Where an edit has no version,
`If-Match` is refused (422 `no_precondition`), never ignored.

**Refusals** are `application/problem+json` (RFC 9457). Branch on `code`, which is stable; `title` and `detail` are for
people. Each operation lists its codes. 429 and 503 say by `Retry-After` in how many seconds to ask again.

**Live.** Socket.IO at `/socket.io` tells of every change, by numbered events; `catch_up` gives those that were missed.
Its handshake speaks the protocol of Engine.IO, refusals included (`{"code": 1, "message": …}`), since its clients read
nothing else."""

TAGS: Final[Mapping[str, str]] = {
    "accounting": "The ledger: what was earned and spent, and what sellers earn on it. Added to, never changed.",
    "admin": "Accounts, invitations, security and the audit log: for whoever leads the company.",
    "agenda": "Meetings and free times.",
    "agent": "The agent: its script, its models, its turns and how to try it.",
    "api keys": "What programs come in with.",
    "auth": "Getting in, one's own account, sessions and second factor.",
    "broadcasts": "One template to many leads.",
    "channels": "The company's WhatsApp numbers.",
    "chat": "Conversations, messages and files.",
    "clients": "Who has bought; `/crm/patients` is the same list by another name.",
    "demo": "The demo company on this machine.",
    "duplicates": "Leads that may be one person, and their merging, which can be undone.",
    "google_calendar": "Sellers' Google calendars.",
    "imports": "Leads from a spreadsheet: checked, taken in, undone.",
    "knowledge": "What the agent may cite.",
    "lead sources": "Forms, other systems and Meta's advertisements, by which leads come in.",
    "leads": "Leads: one person and the next step.",
    "notifications": "One's own bell, and how one is told outside the app.",
    "pipeline": "The stages, and the board in figures.",
    "privacy": "A person's data: handed out, erased, and kept no longer than the company says.",
    "reports": "The company in figures, each with its rows.",
    "sellers": "Who can be booked, and when.",
    "settings": "How the company works.",
    "team": "Who works in the company.",
    "templates": "WhatsApp's approved templates, and what is sent by itself.",
    "vault": "Stored secrets, which are shown to nobody.",
    "webhooks": "Other systems that are told of events (Standard Webhooks).",
}

PARAMETERS: Final[Mapping[str, str]] = {
    "limit": "How many at most; 100 is the largest page.",
    "cursor": "The `next_cursor` of the page before; left out for the first page.",
    "q": "Part of a name or of what was said; without accents, in any case.",
    "from": "The beginning, with its offset from UTC.",
    "to": "The end, with its offset from UTC.",
    "since": "Not before this moment.",
    "until": "Before this moment.",
    "after": "What comes after this number.",
    "around": "The message around which the page lies.",
    "action": "What was done, or its beginning: `leads` means every `leads.…`.",
    "severity": "How bad it was.",
    "status": "In which state they are.",
    "state": "In which state they are.",
    "kind": "Of which kind they are.",
    "step": "Which of the steps, from 1.",
    "day": "A date, YYYY-MM-DD.",
    "year": "A year, four digits.",
    "country": "ISO 3166 code of the country, two letters.",
    "minutes": "How long the meeting is.",
    "explain": "An instant that shall be explained, where it is not free.",
    "name": "The name of the secret.",
    "code": "What Google sends back.",
    "error": "What Google refuses.",
    "stage": "The key of a stage.",
    "interest": "How interested they are.",
    "source": "Where they came from.",
    "unassigned": "Those alone that are nobody's.",
    "mine": "One's own alone.",
    "unread": "The unread ones alone.",
    "needs_person": "Those alone that wait for a person.",
    "owner_user_id": "The account that they belong to.",
    "X-File-Name": "The file's name, percent-encoded UTF-8.",
    "X-Caption": "What is said with the file, percent-encoded UTF-8.",
    "X-Replaces": "The document whose next version this is.",
    "Content-Type": "What the file is said to be.",
    "Range": "Which bytes are wanted (RFC 9110 §14).",
    "Idempotency-Key": "Of your choice, 1 to 255 printable characters; the same creation asked again happens once.",
    "If-Match": "The `ETag` that was read; 412 where it has changed since.",
    "If-None-Match": "The `ETag` that is known; 304 where it has not changed.",
}

HEADERS: Final[Mapping[str, Json]] = {
    "ETag": {"description": "The version of this representation.", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "`true` where this is the first answer again.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {"description": "In how many seconds to ask again.", "schema": {"type": "integer", "minimum": 1}},
}

SCHEMES: Final[Mapping[str, Json]] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "nexus_session",
        "description": "A session, by `POST /auth/login`; behind https the cookie is `__Host-nexus_session`.",
    },
    "csrf": {"type": "apiKey", "in": "header", "name": "X-Nexus-CSRF", "description": "`1`, from an allowed origin."},
}

PROBLEM: Final[Mapping[str, Json]] = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal (RFC 9457); some have further members, which the operation's description names.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "`urn:nexus:problem:` and the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; what programs branch on."},
        "detail": {"type": "string", "description": "One sentence for people."},
    },
    "additionalProperties": True,
}

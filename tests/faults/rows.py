"""Where everything that works for somebody may die: the moments at which a death is tried, or why one harms nothing.

Closed lists over the live registries: a job, a stranger's door or a labelled moment that is not entered fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from core import contracts as jobs
from core.contracts import Job
from core.crash_points import Moment
from core.crm_contracts import ErasePerson, FetchLead, ImportStep, LeadsMerged, ReconcileLeads, ScanDuplicates, TaskDue


@dataclass(frozen=True)
class Whole:
    """It is one transaction, or several that each can be done again: `why` says what the second time finds."""

    why: str


Row: TypeAlias = tuple[Moment, ...] | Whole

_DONE: Final = Whole("what it writes is written at once, and done again it finds that done (test_every_door.py)")
_ASKED: Final = Whole("it asks what another system has, and writes the answer at once: asked again it has the same")
_TALK: Final[tuple[Moment, ...]] = ("gathered", "screened", "thought", "replied")
_MEETING: Final[tuple[Moment, ...]] = ("held", "written", "verified", "settled")

JOBS: Final[Mapping[type[Job], Row]] = {
    jobs.TakeIn: ("mirrored",),
    jobs.TakeTurn: _TALK,
    jobs.Deliver: ("claimed", "taken", "recorded"),
    jobs.DeliverAlert: ("alert_claimed", "alert_taken"),
    jobs.AlertDue: ("alert_claimed", "alert_taken"),
    jobs.Notified: Whole("an alert is planned once for a bell and a way, by a unique key"),
    jobs.CalendarPending: _MEETING,
    ImportStep: ("judged", "stepped", "worked"),
    FetchLead: ("fetched", "worked"),
    ReconcileLeads: ("compared", "worked"),
    ScanDuplicates: ("looked_up", "worked"),
    ErasePerson: ("forgotten", "removed"),
    LeadsMerged: _DONE,
    TaskDue: _DONE,
    jobs.DeliveryReported: _DONE,
    jobs.DeliveryUncertain: _DONE,
    jobs.StatusReceived: _DONE,
    jobs.MediaChanged: _DONE,
    jobs.AccountWaiting: _DONE,
    jobs.AccountNotice: _DONE,
    jobs.ResetAsked: _DONE,
    jobs.TemplateTold: _DONE,
    jobs.MeetingChanged: _DONE,
    jobs.LeadEdited: _DONE,
    jobs.BroadcastBatch: _DONE,
    jobs.IndexDocument: _DONE,
    jobs.PlaygroundAsked: _DONE,
    jobs.CheckMeeting: _DONE,
    jobs.CheckChannel: _ASKED,
    jobs.SyncTemplates: _ASKED,
    jobs.SyncCalendar: _ASKED,
    jobs.EmbedDocument: _ASKED,
    jobs.SummariseConversation: Whole("the agent alone reads it, and it is written from the same messages again"),
    jobs.PutIntoWords: Whole("a file's words are kept by what it holds: at worst a model is asked twice"),
    jobs.FetchMedia: Whole("a file lies under what it holds: fetched twice it is there once"),
    jobs.Acknowledge: Whole("ticks that turn blue twice"),
    jobs.SendLink: Whole("the same link once more, under the same Message-ID: a lost one would lock somebody out"),
    jobs.RunEvaluation: Whole("played on servers of its own, and filed at its end"),
}

_ANSWER: Final = Whole("its answer is the same whether it is the first time or not")
_ACCOUNT: Final = Whole("a link that acts once: who asks again is told that it was used, and it was")
DOORS: Final[Mapping[tuple[str, str], Row]] = {
    ("POST", "/f/{key}"): ("came",),
    ("POST", "/in/{key}"): ("came",),
    ("POST", "/webhook/meta/leads/{key}"): ("came",),
    ("POST", "/webhook/ycloud/{endpoint_key}"): ("accepted",),
    ("POST", "/webhook/meta/{endpoint_key}"): ("accepted",),
    ("POST", "/webhook/google/calendar"): Whole("a notice that is lost is made good by the next look at the calendar"),
    ("POST", "/m/{token}/move"): _MEETING,
    ("POST", "/m/{token}/cancel"): _ACCOUNT,
    ("POST", "/auth/login"): Whole("another session, as two browsers have"),
    ("POST", "/auth/login/code"): Whole("as above"),
    ("POST", "/demo/logins"): Whole("as above"),
    ("POST", "/auth/register"): _ANSWER,
    ("POST", "/auth/forgot"): _ANSWER,
    ("POST", "/auth/link"): _ANSWER,
    ("POST", "/auth/reset"): _ACCOUNT,
    ("POST", "/auth/invitation"): _ACCOUNT,
}
# Moments of what is neither: a caller's own key, a person's data on its way out, another system that is told.
ELSEWHERE: Final[Mapping[Moment, str]] = {
    "answered": "test_killed_doors.py",
    "kept": "test_killed_doors.py",
    "exporting": "test_killed_doors.py",
    "posted": "test_killed_doors.py",
}

"""The jobs of keeping leads: merging, importing, tasks, and those who come by themselves; entered in `contracts.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LeadsMerged:
    """Leads became one a moment ago: what was being written about an absorbed one meanwhile follows."""

    NAME: ClassVar[str] = "merging.leads_merged"
    tenant_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class ScanDuplicates:
    """Somebody wants to know at once which leads may be one person."""

    NAME: ClassVar[str] = "merging.scan"
    tenant_id: int


@dataclass(frozen=True, slots=True)
class ImportStep:
    """Do one chunk of the pass that an import is in: of `passed` chunks that are behind, the next one."""

    NAME: ClassVar[str] = "imports.step"
    tenant_id: int
    import_id: int
    passed: int


@dataclass(frozen=True, slots=True)
class TaskDue:
    """A task's time has come: tell whoever has it, where it is still open and due then. `due_at` is ISO 8601."""

    NAME: ClassVar[str] = "tasks.due"
    tenant_id: int
    task_id: int
    due_at: str


@dataclass(frozen=True, slots=True)
class FetchLead:
    """A lead of Meta's is known by its id alone (row of `received_leads`): Graph is asked who it is."""

    NAME: ClassVar[str] = "lead_sources.fetch_lead"
    tenant_id: int
    received_id: int


@dataclass(frozen=True, slots=True)
class ReconcileLeads:
    """A page's leads at Meta are to be compared with those that came by webhook."""

    NAME: ClassVar[str] = "lead_sources.reconcile"
    tenant_id: int
    source_id: int


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """What hangs on somebody who asked to be forgotten (row of `privacy_requests`) goes, step by step."""

    NAME: ClassVar[str] = "privacy.erase"
    tenant_id: int
    request_id: int

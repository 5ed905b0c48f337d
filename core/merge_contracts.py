"""The jobs of merging leads, entered in `contracts.py`."""

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

"""What the jobs about media need, made once by the worker."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.clock import Clock
from core.credentials import Keyring
from core.database import Database
from core.egress import Egress
from core.media_store import MediaStore
from whatsapp_service.delivery.deliver import ProviderOf


@dataclass(frozen=True, slots=True)
class MediaTools:
    """`simulator_url` is where a demo company's voice notes are heard; None on an installation without a demo."""

    database: Database
    provider_of: ProviderOf
    store: MediaStore
    clock: Clock
    keyring: Keyring
    egress: Egress = field(default_factory=Egress)
    simulator_url: str | None = None
